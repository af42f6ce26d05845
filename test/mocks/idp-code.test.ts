import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { field, get, paths, read, start, stranger } from './idp-fixtures.ts';
import {
  active,
  asking,
  callback,
  codeFor,
  flowWorld,
  mobile,
  redeeming,
  returned,
  tokenRequest,
  tokensFor,
  verifier,
  web,
} from './idp-flow-fixtures.ts';

const now = start / 1000;

test('a code becomes an access token and an ID token', async () => {
  const it = await flowWorld();
  const answer = await it.idp.handle(tokenRequest(redeeming(await codeFor(it, { acr_values: 'x 1' }))));
  const tokens = read(answer);
  expect([answer.status, field(answer, 'cache-control')]).toEqual([200, 'no-store']);
  expect(tokens).toEqual({
    access_token: expect.any(String),
    id_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid email items:read',
  });
  const keys = createLocalJWKSet(read(await it.idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet);
  const at = { issuer: it.idp.issuer, currentDate: new Date(start) };
  const access = await jwtVerify(String(tokens.access_token), keys, { ...at, typ: 'at+jwt' });
  expect(access.payload).toMatchObject({
    aud: 'https://api.example',
    sub: 'user-1',
    client_id: 'web',
    scope: 'openid email items:read',
    auth_time: now,
    acr: '1',
    amr: ['pwd'],
  });
  const id = await jwtVerify(String(tokens.id_token), keys, { ...at, audience: 'web', typ: 'JWT' });
  const digest = createHash('sha256').update(String(tokens.access_token)).digest();
  expect(id.protectedHeader.alg).toBe('RS256');
  expect(id.payload).toEqual({
    iss: it.idp.issuer,
    sub: 'user-1',
    aud: 'web',
    exp: now + 3600,
    iat: now,
    sid: expect.stringMatching(/^[0-9a-f]{32}$/),
    auth_time: now,
    nonce: 'n-1',
    acr: '1',
    amr: ['pwd'],
    at_hash: digest.subarray(0, 16).toString('base64url'),
  });
});

test('an ID token is signed as the client registered', async () => {
  const signing = (idTokenSignedResponseAlg: string) => ({ ...web, idTokenSignedResponseAlg });
  const es = await flowWorld({ clients: [signing('ES256')] });
  const esToken = String((await tokensFor(es)).id_token);
  expect(decodeProtectedHeader(esToken)).toMatchObject({ alg: 'ES256', kid: es.idp.published[1]?.kid });
  const hs = await flowWorld({ clients: [signing('HS256')] });
  const hsToken = String((await tokensFor(hs)).id_token);
  const verified = await jwtVerify(hsToken, Buffer.from(web.secret), { currentDate: new Date(start) });
  expect(verified.protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
  await expect(flowWorld({ clients: [signing('none')] })).rejects.toMatchObject({ code: 'config' });
});

test('without openid there is no ID token, and without a nonce none in it', async () => {
  const it = await flowWorld();
  expect(await tokensFor(it, { scope: 'items:read' })).not.toHaveProperty('id_token');
  expect(await tokensFor(it, { scope: undefined })).toMatchObject({ scope: 'items:read items:write' });
  expect(decodeJwt(String((await tokensFor(it, { nonce: undefined })).id_token))).not.toHaveProperty('nonce');
  expect(await tokensFor(it, { scope: 'openid unknown' })).toMatchObject({ scope: 'openid' });
});

test.each([
  ['no verifier', { code_verifier: undefined }],
  ['a wrong verifier', { code_verifier: 'w'.repeat(43) }],
  ['a short verifier', { code_verifier: 'short' }],
  ['no redirect_uri', { redirect_uri: undefined }],
  ['another redirect_uri', { redirect_uri: 'https://app.example/other?x=1' }],
  ['an unknown code', { code: 'f'.repeat(64) }],
])('a token request with %s is invalid_grant, and does not use the code up', async (_, changes) => {
  const it = await flowWorld();
  const code = await codeFor(it);
  const answer = await it.idp.handle(tokenRequest(redeeming(code, changes)));
  expect([answer.status, read(answer).error]).toEqual([400, 'invalid_grant']);
  expect((await it.idp.handle(tokenRequest(redeeming(code)))).status).toBe(200);
});

test('no code is invalid_request, no client invalid_client', async () => {
  const it = await flowWorld();
  const empty = await it.idp.handle(tokenRequest(redeeming('', {})));
  expect([empty.status, read(empty).error]).toEqual([400, 'invalid_request']);
  const anonymous = await it.idp.handle(tokenRequest(redeeming(await codeFor(it)), null));
  expect([anonymous.status, read(anonymous).error]).toEqual([401, 'invalid_client']);
});

test("another client's code is invalid_grant", async () => {
  const it = await flowWorld();
  const code = await codeFor(it);
  const answer = await it.idp.handle(tokenRequest(redeeming(code), stranger));
  expect([answer.status, read(answer).error]).toEqual([400, 'invalid_grant']);
  expect((await it.idp.handle(tokenRequest(redeeming(code)))).status).toBe(200);
});

test("a code lives for a minute of the issuer's clock", async () => {
  const it = await flowWorld();
  it.clock.freeze();
  const [early, late] = [await codeFor(it), await codeFor(it)];
  it.clock.set(start + 59_999);
  expect((await it.idp.handle(tokenRequest(redeeming(early)))).status).toBe(200);
  it.clock.set(start + 60_000);
  expect(read(await it.idp.handle(tokenRequest(redeeming(late)))).error).toBe('invalid_grant');
});

test('a code that is used again is refused, and what it gave is revoked', async () => {
  const it = await flowWorld();
  const code = await codeFor(it, { scope: 'openid offline_access' });
  const tokens = read(await it.idp.handle(tokenRequest(redeeming(code))));
  expect(await active(it, tokens.access_token)).toMatchObject({ active: true });
  expect(read(await it.idp.handle(tokenRequest(redeeming(code)))).error).toBe('invalid_grant');
  expect(await active(it, tokens.access_token)).toEqual({ active: false });
  expect(await active(it, tokens.refresh_token)).toEqual({ active: false });
});

test('of two requests at once with one code, one gets tokens and they do not last', async () => {
  const it = await flowWorld();
  const code = await codeFor(it);
  const answers = await Promise.all([1, 2].map(() => it.idp.handle(tokenRequest(redeeming(code)))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  const won = answers.find(({ status }) => status === 200);
  expect(await active(it, won && read(won).access_token)).toEqual({ active: false });
});

test('a verifier for a code without a challenge is refused; without one the code is good', async () => {
  const it = await flowWorld();
  const code = await codeFor(it, { code_challenge: undefined, code_challenge_method: undefined });
  expect(read(await it.idp.handle(tokenRequest(redeeming(code)))).error).toBe('invalid_grant');
  expect((await it.idp.handle(tokenRequest(redeeming(code, { code_verifier: undefined })))).status).toBe(200);
});

test('plain PKCE compares the verifier itself', async () => {
  const it = await flowWorld({ plainPkce: true });
  const code = await codeFor(it, { code_challenge: verifier, code_challenge_method: 'plain' });
  const wrong = redeeming(code, { code_verifier: 'w'.repeat(43) });
  expect(read(await it.idp.handle(tokenRequest(wrong))).error).toBe('invalid_grant');
  expect((await it.idp.handle(tokenRequest(redeeming(code)))).status).toBe(200);
});

test('a public client redeems its code with the verifier alone, and has no credentials', async () => {
  const it = await flowWorld();
  const redirect_uri = 'http://127.0.0.1:4711/callback';
  const code = await codeFor(it, { client_id: mobile.id, redirect_uri });
  const asked = redeeming(code, { client_id: mobile.id, redirect_uri });
  expect((await it.idp.handle(tokenRequest(asked, null))).status).toBe(200);
  const machine = tokenRequest({ grant_type: 'client_credentials', client_id: mobile.id }, null);
  expect(read(await it.idp.handle(machine)).error).toBe('unauthorized_client');
});

test('redirect_uri may be left out of both requests when only one is registered', async () => {
  const single = { ...web, redirectUris: [callback] };
  const it = await flowWorld({ clients: [single] });
  const changes = { scope: 'items:read', redirect_uri: undefined };
  const code = await codeFor(it, changes);
  expect((await it.idp.handle(tokenRequest(redeeming(code, { redirect_uri: undefined })))).status).toBe(200);
  const page = await it.idp.handle(asking({ redirect_uri: undefined }, it.idp.logIn('alice')));
  expect(page.status).toBe(400);
});

test('faults can sit on the ID token and on the authorization response', async () => {
  const it = await flowWorld();
  const about = { layer: 'token', cause: 'token/audience', summary: '' } as const;
  const always = { on: 'idp', schedule: { when: 'always' } } as const;
  const wrongNonce = {
    ...about,
    id: 'test/nonce',
    seam: 'id-token',
    apply: (draft) => ({ ...draft, payload: { ...(draft.payload as object), nonce: 'other' } }),
  } as const satisfies Parameters<typeof it.idp.place>[0]['fault'];
  const noIssuer = {
    ...about,
    id: 'test/iss',
    seam: 'authorize-answer',
    apply: (answer) => ({ ...answer, headers: answer.headers.filter(([name]) => name !== 'location') }),
  } as const satisfies Parameters<typeof it.idp.place>[0]['fault'];
  const mend = it.idp.place({ ...always, fault: wrongNonce }, seeded(1, 'x'));
  expect(decodeJwt(String((await tokensFor(it)).id_token)).nonce).toBe('other');
  mend();
  it.idp.place({ ...always, fault: noIssuer }, seeded(1, 'x'));
  const answer = await it.idp.handle(asking({}, it.idp.logIn('alice')));
  expect([field(answer, 'location'), answer.faults]).toEqual([undefined, ['test/iss']]);
  expect(() => returned(answer)).toThrow();
});

test('a code that was refused for its target may be redeemed for another one', async () => {
  const it = await flowWorld();
  const code = await codeFor(it);
  const wrong = await it.idp.handle(tokenRequest(redeeming(code, { resource: 'nowhere' })));
  expect([wrong.status, read(wrong).error]).toEqual([400, 'invalid_target']);
  expect((await it.idp.handle(tokenRequest(redeeming(code)))).status).toBe(200);
});
