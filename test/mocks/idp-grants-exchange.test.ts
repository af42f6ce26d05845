import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../harness/model/json.ts';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { jwks, keys, signed } from './idp-client-fixtures.ts';
import { get, read, type World } from './idp-fixtures.ts';
import { active, alice, bob, flowWorld, mobile, tokensFor, web } from './idp-flow-fixtures.ts';
import { type Credentials, claims, seconds, stillWorld, token } from './idp-grants-fixtures.ts';

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const type = (name: string) => `urn:ietf:params:oauth:token-type:${name}`;
const api = { id: 'api', secret: 'api secret', accessTokenFormat: 'opaque' } as const;
const robot = { id: 'robot', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(keys.other) } as const;
const hr = { issuer: 'https://hr.example', jwks: jwks(keys.rs256) };
const options: Partial<IdpOptions> = { clients: [web, api, mobile], users: [alice, bob], trustedIssuers: [hr] };

const exchange = (it: World, form: { readonly [name: string]: string }, as: Credentials | null = web) =>
  token(it, { grant_type: grant, ...form }, as);
const subject = (text: unknown, name = 'access_token') => ({
  subject_token: String(text),
  subject_token_type: type(name),
});
const actor = (text: unknown, name = 'access_token') => ({ actor_token: String(text), actor_token_type: type(name) });
const ownToken = async (it: World, as: Credentials = web) =>
  (await token(it, { grant_type: 'client_credentials' }, as)).access_token;

test('a client impersonates a user with no more scope than the user granted', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it, { scope: 'openid items:read' });
  const { access_token: next, ...others } = await exchange(it, subject(given));
  expect(others).toEqual({
    status: 200,
    issued_token_type: type('access_token'),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid items:read',
  });
  const { act, ...said } = claims(next);
  expect([act, said]).toEqual([
    undefined,
    expect.objectContaining({ sub: 'user-1', client_id: 'web', aud: 'https://api.example' }),
  ]);
  expect((await exchange(it, { ...subject(given), scope: 'items:read' })).scope).toBe('items:read');
  expect(await exchange(it, { ...subject(given), scope: 'items:write' })).toMatchObject({
    status: 400,
    error: 'invalid_scope',
  });
  expect(read(await it.idp.handle(get('/tenant/.well-known/openid-configuration'))).grant_types_supported).toContain(
    grant,
  );
});

test('who acts for a user is in act, and who acted before is inside it', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it, { scope: 'items:read' });
  const first = await exchange(it, { ...subject(given), ...actor(await ownToken(it)) });
  expect(claims(first.access_token)).toMatchObject({ sub: 'user-1', act: { sub: 'subject-web', client_id: 'web' } });
  const second = await exchange(it, { ...subject(first.access_token), ...actor(await ownToken(it, api)) });
  expect(claims(second.access_token).act).toEqual({
    sub: 'subject-api',
    client_id: 'api',
    act: { sub: 'subject-web', client_id: 'web' },
  });
  const kept = await exchange(it, subject(second.access_token));
  expect(claims(kept.access_token).act).toEqual(claims(second.access_token).act);
});

test('a chain of actors has an end', async () => {
  const it = await flowWorld(options);
  const acting = actor(await ownToken(it));
  let { access_token: next } = (await tokensFor(it, { scope: 'items:read' })) as JsonObject;
  for (let link = 0; link < 10; link += 1)
    ({ access_token: next } = await exchange(it, { ...subject(next), ...acting }));
  expect(await exchange(it, { ...subject(next), ...acting })).toMatchObject({ status: 400, error: 'invalid_request' });
});

test.each<[string, JsonObject, boolean, boolean]>([
  ['the client itself', { sub: 'subject-web' }, true, true],
  ['the client by its id', { client_id: 'web' }, true, true],
  ['the client at this issuer', { sub: 'subject-web', iss: 'https://127.0.0.1:8443/tenant' }, true, true],
  ['another client', { sub: 'subject-api' }, false, false],
  ['another client of the same subject', { sub: 'subject-web', client_id: 'api' }, false, false],
  ['nobody', {}, false, false],
])('may_act that names %s', async (_, mayAct, withActor, without) => {
  const it = await flowWorld(options);
  const given = await it.idp.mint({ format: 'jwt', flaws: [], sub: 'user-1', claims: { may_act: mayAct } });
  const status = (allowed: boolean) => (allowed ? { status: 200 } : { status: 400, error: 'invalid_request' });
  expect(await exchange(it, { ...subject(given), ...actor(await ownToken(it)) })).toMatchObject(status(withActor));
  expect(await exchange(it, subject(given))).toMatchObject(status(without));
});

test.each(['id_token', 'refresh_token', 'jwt'])('a %s can be exchanged', async (name) => {
  const it = await flowWorld(options);
  const tokens = await tokensFor(it, { scope: 'openid items:read offline_access' });
  const jwt = await signed(web, { iss: hr.issuer, sub: 'alice' }, keys.rs256);
  const given = subject(name === 'jwt' ? jwt : tokens[name], name);
  expect(claims((await exchange(it, given)).access_token)).toMatchObject({ sub: 'user-1', client_id: 'web' });
  if (name !== 'jwt') expect(await exchange(it, given, api)).toMatchObject({ status: 400, error: 'invalid_request' });
});

test('an access token for a client is not its ID token', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it);
  const { access_token: forWeb } = await exchange(it, { ...subject(given), audience: 'web' });
  expect(await exchange(it, subject(forWeb, 'id_token'))).toMatchObject({ status: 400, error: 'invalid_request' });
});

test('an access token that is a JWT may be called one, and one of another domain keeps its subject', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it);
  expect(claims((await exchange(it, subject(given, 'jwt'))).access_token)).toMatchObject({ sub: 'user-1' });
  const jwt = await signed(web, { iss: hr.issuer, sub: 'somebody else' }, keys.rs256);
  expect(claims((await exchange(it, subject(jwt, 'jwt'))).access_token)).toMatchObject({ sub: 'somebody else' });
});

test('what is issued is of the requested type', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it, { scope: 'openid items:read' });
  const ask = (name: string, as: Credentials = api) =>
    exchange(it, { ...subject(given), requested_token_type: type(name) }, as);
  const opaque = await ask('access_token');
  expect(await active(it, opaque.access_token)).toMatchObject({ active: true, sub: 'user-1', client_id: 'api' });
  const jwt = await ask('jwt');
  expect([jwt.issued_token_type, claims(jwt.access_token).sub]).toEqual([type('jwt'), 'user-1']);
  const id = await ask('id_token');
  expect(id).toMatchObject({ token_type: 'N_A', issued_token_type: type('id_token'), expires_in: 3600 });
  expect(claims(id.access_token)).toMatchObject({ sub: 'user-1', aud: 'api', amr: ['pwd'] });
  const refresh = await ask('refresh_token');
  expect(refresh).toMatchObject({ token_type: 'N_A', issued_token_type: type('refresh_token') });
  const refreshed = await token(it, { grant_type: 'refresh_token', refresh_token: String(refresh.access_token) }, api);
  expect(await active(it, refreshed.access_token)).toMatchObject({ active: true, sub: 'user-1', client_id: 'api' });
  expect(await ask('saml2')).toMatchObject({ status: 400, error: 'invalid_request' });
});

test('a token is for those who are named, of whom there may be several', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it, { scope: 'items:read' });
  const ask = (more: string) => token(it, `${new URLSearchParams({ grant_type: grant, ...subject(given) })}&${more}`);
  const aud = async (more: string) => claims((await ask(more)).access_token).aud;
  expect(await aud('audience=api')).toBe('api');
  expect(await aud('audience=api&audience=https://api.example')).toEqual(['api', 'https://api.example']);
  expect(await aud('resource=https://api.example&audience=web&audience=web')).toEqual(['https://api.example', 'web']);
  for (const wrong of [
    'audience=unknown',
    'resource=api',
    'resource=https://api.example%23part',
    'audience=api&audience=x',
  ])
    expect(await ask(wrong), wrong).toMatchObject({ status: 400, error: 'invalid_target' });
  expect(await ask('scope=items:read&scope=items:write')).toMatchObject({ status: 400, error: 'invalid_request' });
});

test.each<[string, (it: World, given: string) => unknown]>([
  ['no subject token', () => ({ subject_token: undefined })],
  ['no subject token type', () => ({ subject_token_type: undefined })],
  ['a subject token of another type than said', () => ({ subject_token_type: type('id_token') })],
  ['an unknown type', () => ({ subject_token_type: 'constructor' })],
  ['SAML', () => ({ subject_token_type: type('saml2') })],
  ['an actor token without its type', (_, given) => ({ actor_token: given })],
  ['an actor token type without its token', () => ({ actor_token_type: type('access_token') })],
  ['an actor token that is worth nothing', () => actor('a.b.c')],
  ['a revoked token', (it, given) => it.idp.revoke(given)],
  ['an expired token', (it) => seconds(it, 3601)],
])('%s is refused', async (_, change) => {
  const it = await stillWorld(options);
  const { access_token: given } = await tokensFor(it);
  const form = Object.entries({ ...subject(given), ...(change(it, given) as object) }).filter(
    ([, value]) => value !== undefined,
  );
  expect(await exchange(it, Object.fromEntries(form) as { [name: string]: string })).toEqual({
    status: 400,
    error: 'invalid_request',
    error_description: expect.any(String),
  });
});

test('a public client may exchange nothing', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it);
  expect(await exchange(it, { ...subject(given), client_id: 'mobile' }, null)).toMatchObject({
    status: 400,
    error: 'unauthorized_client',
  });
});

test('whatever is presented, a token comes only of a genuine one', async () => {
  const it = await flowWorld(options);
  const { access_token: given } = await tokensFor(it);
  const [header, payload, signature] = given.split('.') as [string, string, string];
  const types = ['access_token', 'refresh_token', 'id_token', 'jwt', 'saml2', 'x'].map(type);
  const forged = fc.oneof(
    fc.string(),
    fc.constantFrom(`${header}.${payload}.`, `${header}.${payload}.${signature.slice(1)}`, `.${payload}.`),
    fc.jsonValue().map((body) => `${header}.${Buffer.from(JSON.stringify(body)).toString('base64url')}.${signature}`),
  );
  await fc.assert(
    fc.asyncProperty(forged, fc.constantFrom(...types), async (text, kind) => {
      fc.pre(text !== given);
      const answer = await exchange(it, { subject_token: text, subject_token_type: kind });
      expect(answer).toMatchObject({ status: 400, error: 'invalid_request' });
    }),
    { numRuns: 200 },
  );
});

const ofAlice = (it: World) => ({ iss: it.idp.issuer, aud: web.id, sub: 'alice' });

test.each<[string, (it: World) => Promise<string>, string]>([
  [
    'an ID token that a client signed with its own secret',
    (it) => signed(web, ofAlice(it), web.secret, 'HS256', 'JWT'),
    'id_token',
  ],
  ['what another client says', () => signed(robot, { sub: 'alice' }, keys.other), 'jwt'],
])('%s is worth nothing', async (_, make, kind) => {
  for (const idTokenSignedResponseAlg of ['RS256', 'HS256']) {
    const it = await flowWorld({ ...options, clients: [{ ...web, idTokenSignedResponseAlg }, robot] });
    expect(await exchange(it, subject(await make(it), kind))).toMatchObject({ status: 400, error: 'invalid_request' });
  }
});

test('a client gets no more scope than it is registered for', async () => {
  const reader = { id: 'reader', secret: 'reader secret', scope: 'items:read' };
  const it = await flowWorld({ ...options, clients: [web, reader] });
  const { access_token: given } = await tokensFor(it, { scope: 'openid items:read items:write' });
  expect((await exchange(it, subject(given), reader)).scope).toBe('items:read');
  expect(await exchange(it, { ...subject(given), scope: 'items:write' }, reader)).toMatchObject({
    status: 400,
    error: 'invalid_scope',
  });
});
