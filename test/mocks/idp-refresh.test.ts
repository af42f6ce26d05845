import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { basic, post, read, start, stranger, type World } from './idp-fixtures.ts';
import { active, bob, flowWorld, tokenRequest, tokensFor, web } from './idp-flow-fixtures.ts';

const offline = { scope: 'openid email items:read offline_access' };

const refresh = async ({ idp }: World, token: unknown, changes: object = {}, as = web) => {
  const asked = { grant_type: 'refresh_token', refresh_token: String(token), ...changes };
  const answer = await idp.handle(tokenRequest(asked, as));
  return { status: answer.status, ...read(answer) } as { status: number; [member: string]: unknown };
};

test('offline_access gets a refresh token, which gets new tokens and a new one', async () => {
  const it = await flowWorld();
  const first = await tokensFor(it, offline);
  it.clock.skew(10_000);
  const second = await refresh(it, first.refresh_token);
  expect(second).toEqual({
    status: 200,
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    id_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: offline.scope,
  });
  expect(second.refresh_token).not.toBe(first.refresh_token);
  const [before, after] = [first.id_token, second.id_token].map((token) => decodeJwt(String(token)));
  expect(after).toMatchObject({ iss: before?.iss, sub: before?.sub, aud: before?.aud, auth_time: before?.auth_time });
  expect(after?.iat).toBe((before?.iat as number) + 10);
  expect(after).not.toHaveProperty('nonce');
  expect((await refresh(it, second.refresh_token)).status).toBe(200);
});

test('no refresh token without offline_access, unless the client is registered for it', async () => {
  const it = await flowWorld();
  expect(await tokensFor(it)).not.toHaveProperty('refresh_token');
  const always = await flowWorld({ clients: [{ ...web, grantTypes: ['authorization_code', 'refresh_token'] }] });
  expect(await tokensFor(always)).toHaveProperty('refresh_token');
  const never = await flowWorld({ clients: [{ ...web, grantTypes: ['authorization_code'] }] });
  const tokens = await tokensFor(never, offline);
  expect(tokens).not.toHaveProperty('refresh_token');
  expect(tokens.scope).toBe('openid email items:read');
  expect(await refresh(never, 'x')).toMatchObject({ status: 400, error: 'unauthorized_client' });
});

test('reuse of a refresh token revokes everything of the grant, and nothing of another', async () => {
  const it = await flowWorld();
  const [first, other] = [await tokensFor(it, offline), await tokensFor(it, offline)];
  const second = await refresh(it, first.refresh_token);
  expect(await refresh(it, first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  expect(await refresh(it, second.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  for (const token of [first.access_token, second.access_token, second.refresh_token])
    expect(await active(it, token)).toEqual({ active: false });
  expect((await refresh(it, other.refresh_token)).status).toBe(200);
});

test('of two refreshes at once one wins, and the family is revoked', async () => {
  const it = await flowWorld();
  const { refresh_token } = await tokensFor(it, offline);
  const answers = await Promise.all([refresh(it, refresh_token), refresh(it, refresh_token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  const won = answers.find(({ status }) => status === 200);
  expect(await active(it, won?.access_token)).toEqual({ active: false });
  expect((await refresh(it, won?.refresh_token)).status).toBe(400);
});

test('a refresh token expires when it lies idle, and at last in any case', async () => {
  const it = await flowWorld({ lifetimes: { refreshTokenIdle: 100, refreshTokenAbsolute: 250 } });
  it.clock.freeze();
  const at = (seconds: number) => it.clock.set(start + seconds * 1000);
  const idle = (await tokensFor(it, offline)).refresh_token;
  let kept: unknown = (await tokensFor(it, offline)).refresh_token;
  at(99);
  expect(await active(it, idle)).toMatchObject({ active: true, exp: start / 1000 + 100, sub: 'user-1' });
  kept = (await refresh(it, kept)).refresh_token;
  at(100);
  expect(await active(it, idle)).toEqual({ active: false });
  expect(await refresh(it, idle)).toMatchObject({ status: 400, error: 'invalid_grant' });
  at(198);
  kept = (await refresh(it, kept)).refresh_token;
  at(249);
  kept = (await refresh(it, kept)).refresh_token;
  expect(kept).toBeTypeOf('string');
  at(250);
  expect(await refresh(it, kept)).toMatchObject({ status: 400, error: 'invalid_grant' });
});

test('scope can be narrowed but never widened, and a refusal does not use the token up', async () => {
  const it = await flowWorld();
  const { refresh_token } = await tokensFor(it, offline);
  expect(await refresh(it, refresh_token, { scope: 'items:write' })).toMatchObject({
    status: 400,
    error: 'invalid_scope',
  });
  const narrow = await refresh(it, refresh_token, { scope: 'items:read' });
  expect(narrow).toMatchObject({ status: 200, scope: 'items:read' });
  expect(narrow).not.toHaveProperty('id_token');
  expect(decodeJwt(String(narrow.access_token)).scope).toBe('items:read');
  expect(await refresh(it, narrow.refresh_token)).toMatchObject({ scope: offline.scope });
});

test("no token, an unknown one, an access token and another client's are refused", async () => {
  const it = await flowWorld();
  const { refresh_token, access_token } = await tokensFor(it, offline);
  expect(await refresh(it, '')).toMatchObject({ status: 400, error: 'invalid_request' });
  for (const token of ['unknown', access_token])
    expect(await refresh(it, token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  expect(await refresh(it, refresh_token, {}, { ...web, ...stranger })).toMatchObject({ error: 'invalid_grant' });
  expect(await active(it, refresh_token, { ...web, ...stranger })).toEqual({ active: false });
  expect((await refresh(it, refresh_token)).status).toBe(200);
});

test('revoking a refresh token revokes its family; revoking an access token only that', async () => {
  const it = await flowWorld({ users: [bob, { ...bob, sub: 'user-1', username: 'alice' }] });
  const revoke = async (token: unknown, as: { id: string; secret: string } = web) =>
    (await it.idp.handle(post('/tenant/revoke', { token: String(token) }, { authorization: basic(as) }))).status;
  const first = await tokensFor(it, offline);
  const second = await refresh(it, first.refresh_token);
  expect(await revoke(second.refresh_token, stranger)).toBe(400);
  expect(await revoke(first.access_token)).toBe(200);
  expect(await active(it, second.access_token)).toMatchObject({ active: true });
  expect(await revoke(second.refresh_token)).toBe(200);
  expect(await revoke(second.refresh_token)).toBe(200);
  expect(await active(it, second.access_token)).toEqual({ active: false });
  expect(await refresh(it, second.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
});

test('a refresh token that was refused for its target or scope may be used again', async () => {
  const it = await flowWorld();
  const { refresh_token: token } = await tokensFor(it, offline);
  expect(await refresh(it, token, { resource: 'nowhere' })).toMatchObject({ status: 400, error: 'invalid_target' });
  expect(await refresh(it, token, { scope: 'admin' })).toMatchObject({ status: 400, error: 'invalid_scope' });
  expect((await refresh(it, token)).status).toBe(200);
});
