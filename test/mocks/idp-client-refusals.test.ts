import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import {
  ask,
  askWith,
  clients,
  issuer,
  jwtBearer,
  keys,
  now,
  registered,
  secret,
  signed,
  unsigned,
} from './idp-client-fixtures.ts';
import { basic, field, read, world } from './idp-fixtures.ts';

const { basic: byBasic, post: byPost, secretJwt, keyJwt, es256Only, other, none, keyless } = registered;
const inBody = { client_id: byPost.id, client_secret: secret };

type Row = readonly [
  label: string,
  request: HttpRequest | Promise<HttpRequest>,
  status: number,
  error: string,
  why: string,
];

/** Refused with 401, for this reason. */
const denied = (label: string, request: HttpRequest, why: string): Row => [label, request, 401, 'invalid_client', why];
const malformed = (label: string, request: HttpRequest, why: string): Row => [
  label,
  request,
  400,
  'invalid_request',
  why,
];

const missing = 'Client authentication is missing';
const wrong = 'The client secret is wrong';
const method = 'The client has not registered this way of authentication';
const unknown = 'The client is unknown';
const two = 'Use one way of client authentication, not two';

/** An assertion of the private_key_jwt client with one thing wrong. */
const flawed = async (label: string, changes: object, why: string): Promise<Row> =>
  denied(label, askWith(await signed(keyJwt, changes)), `Client assertion: ${why}`);

const good = await signed(keyJwt);
const damaged = good.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BAAA' : 'AAAA'));

const secrets: readonly Row[] = [
  denied('no credentials', ask({}), missing),
  denied('wrong secret, Basic', ask({}, basic({ ...byBasic, secret: 'wrong' })), wrong),
  denied('wrong secret, POST', ask({ ...inBody, client_secret: 'wrong' }), wrong),
  denied('empty secret, Basic', ask({}, basic({ ...byBasic, secret: '' })), wrong),
  denied('empty secret, POST', ask({ ...inBody, client_secret: '' }), method),
  denied('missing secret', ask({ client_id: byPost.id }), method),
  denied('missing client_id', ask({ client_secret: secret }), 'client_secret has no client_id with it'),
  denied('missing client_id, Basic', ask({}, basic({ id: '', secret })), unknown),
  denied('wrong client_id', ask({ ...inBody, client_id: 'nobody' }), unknown),
  malformed(
    'two client_ids',
    ask({ client_id: byPost.id }, basic(byBasic)),
    'client_id differs from the client in Authorization',
  ),
  denied(
    'secret in the URI',
    ask({}, '', `/tenant/token?client_id=${byPost.id}&client_secret=${encodeURIComponent(secret)}`),
    missing,
  ),
  denied(
    'secret in the URI, client_id in the body',
    ask({ client_id: byPost.id }, '', `/tenant/token?client_secret=${encodeURIComponent(secret)}`),
    method,
  ),
  denied('POST where Basic is registered', ask({ client_id: byBasic.id, client_secret: secret }), method),
  denied('Basic where POST is registered', ask({}, basic(byPost)), method),
  denied('a secret where none is registered', ask({ client_id: none.id, client_secret: 'x' }), method),
  denied(
    'the secret itself where a JWT is registered',
    ask({ client_id: secretJwt.id, client_secret: secret }),
    method,
  ),
  denied(
    'a secret that was never form-urlencoded',
    ask({}, `Basic ${btoa(`${encodeURIComponent(byBasic.id)}:${secret}`)}`),
    'The credentials in Authorization are not form-urlencoded',
  ),
  malformed('Basic and POST', ask(inBody, basic(byBasic)), two),
  malformed(
    'Basic and an assertion',
    ask({ client_assertion_type: jwtBearer, client_assertion: good }, basic(byBasic)),
    two,
  ),
  malformed('POST and an assertion', ask({ ...inBody, client_assertion_type: jwtBearer, client_assertion: good }), two),
];

const half = 'client_assertion and client_assertion_type belong together';
const signature = 'Client assertion: The signature is wrong';
const algorithm = 'Client assertion: The algorithm is not allowed';

const assertions: readonly Row[] = await Promise.all([
  denied('assertion absent', ask({ client_id: keyJwt.id }), method),
  malformed(
    'assertion absent, its type present',
    ask({ client_id: keyJwt.id, client_assertion_type: jwtBearer }),
    half,
  ),
  malformed('assertion without its type', ask({ client_assertion: good }), half),
  denied(
    'another type of assertion',
    askWith(good, { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }),
    'Client assertion: client_assertion_type is not that of a JWT',
  ),
  denied(
    'no JWT',
    askWith('x.y.z', { client_id: keyJwt.id }),
    'Client assertion: It is no signed JWT that can be read',
  ),
  denied('no JWT and no client_id', askWith('x'), 'Client assertion: The client assertion names no client'),
  denied(
    'a request object',
    askWith(await signed(keyJwt, {}, keys.es256, 'ES256', 'oauth-authz-req+jwt')),
    'Client assertion: typ is another one',
  ),
  denied('bad signature', askWith(damaged), signature),
  denied('none', askWith(unsigned(keyJwt, 'none')), algorithm),
  denied('nONe', askWith(unsigned(keyJwt, 'nONe')), algorithm),
  denied('RS256 where ES256 is registered', askWith(await signed(es256Only, {}, keys.rs256)), algorithm),
  denied(
    'HS256 with the public key as secret',
    askWith(await signed(keyJwt, {}, JSON.stringify(keys.rs256.publicJwk))),
    algorithm,
  ),
  denied('HS256 with a wrong secret', askWith(await signed(secretJwt, {}, 'wrong')), signature),
  denied('a key where a secret is registered', askWith(await signed(secretJwt)), algorithm),
  denied(
    'no key is registered',
    askWith(await signed(keyless)),
    'Client assertion: The client has registered no key for its assertions',
  ),
  denied("other client's key", askWith(await signed(keyJwt, {}, keys.other)), signature),
  denied(
    'a key that nobody registered',
    askWith(await signed(keyJwt, {}, { ...keys.other, kid: 'x' })),
    'Client assertion: No registered key fits the header',
  ),
  denied("other client's assertion", askWith(await signed(other, {}, keys.other), { client_id: keyJwt.id }), signature),
  denied(
    'no sub',
    askWith(await signed(keyJwt, { sub: undefined }), { client_id: keyJwt.id }),
    'Client assertion: sub is missing',
  ),
  flawed('no sub and no client_id', { sub: undefined }, 'The client assertion names no client'),
  denied(
    'wrong sub',
    askWith(await signed(keyJwt, { sub: 'alice' }), { client_id: keyJwt.id }),
    'Client assertion: sub is wrong',
  ),
  denied("other client's sub", askWith(await signed(keyJwt, { sub: es256Only.id })), 'Client assertion: iss is wrong'),
  flawed('wrong iss', { iss: issuer }, 'iss is wrong'),
  flawed('no iss', { iss: undefined }, 'iss is missing'),
  flawed('wrong aud', { aud: 'https://other.example' }, 'aud is wrong'),
  flawed('no aud', { aud: undefined }, 'aud is missing'),
  flawed('aud of another endpoint', { aud: `${issuer}/introspect` }, 'aud is wrong'),
  flawed('expired', { exp: now - 11 }, 'exp has passed'),
  flawed('no exp', { exp: undefined }, 'exp is missing'),
  flawed('exp too far away', { exp: now + 3611 }, 'exp is too far in the future'),
  flawed('nbf future', { nbf: now + 11 }, 'nbf is wrong'),
  flawed('iat future', { iat: now + 11 }, 'iat is in the future'),
  flawed('no jti', { jti: undefined }, 'jti is missing'),
  flawed('jti no string', { jti: 1 }, 'jti is not a string'),
]);

test.each([...secrets, ...assertions])('refused, and nothing is issued: %s', async (_, request, status, error, why) => {
  const random = seeded(1, 'idp');
  let drawn = 0;
  const hex = (bytes: number) => {
    drawn += 1;
    return random.hex(bytes);
  };
  const counted = { ...random, hex };
  const { idp } = await world({ clients, random: counted });
  drawn = 0;
  const answer = await idp.handle(await request);
  expect([answer.status, read(answer)]).toEqual([status, { error, error_description: why }]);
  expect(field(answer, 'www-authenticate')).toEqual(status === 401 ? expect.stringMatching(/^Basic /) : undefined);
  expect(field(answer, 'cache-control')).toBe('no-store');
  // Every token takes a random jti.
  expect(drawn).toBe(0);
});

test.each(['JWT', 'jwt', 'client-authentication+jwt', 'application/client-authentication+jwt'])(
  'an assertion may say that it is one: %s',
  async (typ) => {
    const { idp } = await world({ clients });
    expect((await idp.handle(askWith(await signed(keyJwt, {}, keys.es256, 'ES256', typ)))).status).toBe(200);
  },
);
