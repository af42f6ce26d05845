import { expect, test } from 'vitest';
import type { Fault } from '../../harness/model/fault.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import { metadata } from './idp-authorize-fixtures.ts';
import { key, otherKey, proof, withProof } from './idp-dpop-fixtures.ts';
import { basic, field, get, post, read, start, stranger, text, type World } from './idp-fixtures.ts';
import {
  asking,
  callback,
  flowWorld,
  query,
  redeeming,
  request,
  returned,
  tokenRequest,
  web,
} from './idp-flow-fixtures.ts';

const issuer = 'https://127.0.0.1:8443/tenant';

const pushing = (changes: { readonly [name: string]: string | undefined } = {}, as = web): HttpRequest =>
  post('/tenant/par', query({ client_id: as.id, ...changes }), { authorization: basic(as) });

async function pushed({ idp }: World, changes: { readonly [name: string]: string | undefined } = {}): Promise<string> {
  return String(read(await idp.handle(pushing(changes))).request_uri);
}

const referring = (
  request_uri: string,
  more: { readonly [name: string]: string } = {},
  cookie?: string,
): HttpRequest => {
  const asked = get(`/tenant/authorize?${new URLSearchParams({ client_id: 'web', request_uri, ...more })}`);
  return cookie === undefined ? asked : { ...asked, headers: [['cookie', cookie]] };
};

test('a pushed request is answered with a request_uri, which stands for it and nothing else', async () => {
  const it = await flowWorld();
  const answer = await it.idp.handle(pushing());
  expect([answer.status, field(answer, 'cache-control')]).toEqual([201, 'no-store']);
  expect(read(answer)).toEqual({
    request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[0-9a-f]{64}$/),
    expires_in: 60,
  });
  // What stands beside it does not count (RFC 9126 §4, RFC 9101 §5).
  const beside = { scope: 'items:write', state: 'other', response_type: 'none', nonce: 'other' };
  const uri = String(read(answer).request_uri);
  const redirection = returned(await it.idp.handle(referring(uri, beside, it.idp.logIn('alice'))));
  expect(redirection).toEqual({
    code: expect.any(String),
    state: 'a state',
    iss: issuer,
    session_state: expect.any(String),
  });
  const tokens = read(await it.idp.handle(tokenRequest(redeeming(redirection.code as string))));
  expect(tokens).toMatchObject({ scope: request.scope });
  expect(await metadata(it)).toMatchObject({
    pushed_authorization_request_endpoint: `${issuer}/par`,
    require_pushed_authorization_requests: false,
  });
});

test('a request_uri is good once, for its own client and in its time', async () => {
  const it = await flowWorld({ lifetimes: { requestUri: 5 } });
  const cookie = it.idp.logIn('alice');
  const uri = await pushed(it);
  const other = get(`/tenant/authorize?${new URLSearchParams({ client_id: 'mobile', request_uri: uri })}`);
  const refusedPage = await it.idp.handle(other);
  expect([refusedPage.status, text(refusedPage)]).toEqual([400, expect.stringContaining('invalid_request_uri')]);
  expect(returned(await it.idp.handle(referring(uri, {}, cookie)))).toHaveProperty('code');
  const again = await it.idp.handle(referring(uri, {}, cookie));
  expect([again.status, field(again, 'location')]).toEqual([400, undefined]);
  // With a registered redirect_uri outside, the client learns of it.
  const told = returned(await it.idp.handle(referring(uri, { redirect_uri: callback, state: 's' }, cookie)));
  expect(told).toMatchObject({ error: 'invalid_request_uri', state: 's', iss: issuer });
  const late = await pushed(it);
  it.clock.set(start + 5_000);
  expect((await it.idp.handle(referring(late, {}, cookie))).status).toBe(400);
});

test.each([
  ['another method', () => ({ ...pushing(), method: 'GET' }), 405, 'invalid_request'],
  ['a wrong secret', () => pushing({}, { ...web, secret: 'wrong' }), 401, 'invalid_client'],
  ['too many bytes', () => pushing({ state: 'x'.repeat(70_000) }), 413, 'invalid_request'],
  [
    'JSON',
    () => post('/tenant/par', '{}', { authorization: basic(web), type: 'application/json' }),
    400,
    'invalid_request',
  ],
  [
    'a nested request_uri',
    () => pushing({ request_uri: 'urn:ietf:params:oauth:request_uri:x' }),
    400,
    'invalid_request',
  ],
  ['a redirect_uri of others', () => pushing({ redirect_uri: 'https://evil.example/' }), 400, 'invalid_request'],
  ['a client without any', () => pushing({}, { ...stranger, redirectUris: [] }), 400, 'invalid_request'],
  ['an unknown response type', () => pushing({ response_type: 'pigeon' }), 400, 'unsupported_response_type'],
  ['an unregistered response type', () => pushing({ response_type: 'code id_token' }), 400, 'unauthorized_client'],
  ['an unknown scope', () => pushing({ scope: 'admin' }), 400, 'invalid_scope'],
  ['a resource that is none', () => pushing({ resource: 'x' }), 400, 'invalid_target'],
  ['a request object that is none', () => pushing({ request: 'x' }), 400, 'invalid_request_object'],
])('%s is refused', async (_, asked, status, error) => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(asked());
  expect([answer.status, read(answer).error]).toEqual([status, error]);
});

test('a parameter that stands twice is refused', async () => {
  const { idp } = await flowWorld();
  const twice = post('/tenant/par', `${query({})}&scope=openid`, { authorization: basic(web) });
  expect(read(await idp.handle(twice))).toMatchObject({ error: 'invalid_request' });
});

test('a client or an IdP may insist on pushed requests', async () => {
  const strict = { ...web, requirePushedAuthorizationRequests: true };
  const lenient = { ...web, requirePushedAuthorizationRequests: false };
  for (const [options, good] of [
    [{ clients: [strict] }, false],
    [{ requirePushedRequests: true }, false],
    [{ requirePushedRequests: true, clients: [lenient] }, true],
  ] as const) {
    const it = await flowWorld(options as object);
    const cookie = it.idp.logIn('alice');
    const plain = returned(await it.idp.handle(asking({}, cookie)));
    expect(plain).toEqual(
      good
        ? expect.objectContaining({ code: expect.any(String) })
        : expect.objectContaining({ error: 'invalid_request' }),
    );
    expect(returned(await it.idp.handle(referring(await pushed(it), {}, cookie)))).toHaveProperty('code');
  }
  expect(await metadata(await flowWorld({ requirePushedRequests: true }))).toMatchObject({
    require_pushed_authorization_requests: true,
  });
});

test('a code is bound to the DPoP key that its request was pushed with (RFC 9449 §10)', async () => {
  const it = await flowWorld();
  const { idp } = it;
  const htu = `${issuer}/par`;
  const uri = String(read(await idp.handle(withProof(pushing(), await proof({ htu })))).request_uri);
  const { code } = returned(await idp.handle(referring(uri, {}, idp.logIn('alice'))));
  const redeem = tokenRequest(redeeming(code as string));
  expect(read(await idp.handle(redeem))).toMatchObject({ error: 'invalid_grant' });
  const other = withProof(redeem, await proof({}, {}, otherKey));
  expect(read(await idp.handle(other))).toMatchObject({ error: 'invalid_grant' });
  expect(read(await idp.handle(withProof(redeem, await proof())))).toMatchObject({ token_type: 'DPoP' });
  const mixed = withProof(pushing({ dpop_jkt: otherKey.jkt }), await proof({ htu }));
  expect(read(await idp.handle(mixed))).toMatchObject({ error: 'invalid_dpop_proof' });
  const named = returned(await idp.handle(asking({ dpop_jkt: key.jkt }, idp.logIn('alice'))));
  expect(read(await idp.handle(tokenRequest(redeeming(named.code as string))))).toMatchObject({
    error: 'invalid_grant',
  });
});

test('a fault on the request meets it once, as it is understood, and only for its client', async () => {
  const fault: Fault<'authorize-request'> = {
    id: 'test/longer-state',
    layer: 'flow',
    seam: 'authorize-request',
    cause: 'attack/csrf',
    summary: 'state is longer',
    apply: (parameters) => ({ ...parameters, state: `${parameters.state}!` }),
  };
  const it = await flowWorld();
  const cookie = it.idp.logIn('alice');
  const state = async (client: string) => {
    const placed = { fault, on: 'idp', only: { client }, schedule: { when: 'always' } } as const;
    const clear = it.idp.place(placed, seeded(1, 'x'));
    const answers = [
      await it.idp.handle(referring(await pushed(it), {}, cookie)),
      await it.idp.handle(asking({}, cookie)),
    ];
    clear();
    return answers.map((answer) => returned(answer).state);
  };
  expect(await state('web')).toEqual(['a state!', 'a state!']);
  expect(await state('mobile')).toEqual(['a state', 'a state']);
});
