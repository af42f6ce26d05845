import { expect, test } from 'vitest';
import { metadata, verified } from './idp-authorize-fixtures.ts';
import { get, read, text, type World } from './idp-fixtures.ts';
import { asking, createBrowser, flowWorld, redeeming, returned, tokenRequest, tokensFor } from './idp-flow-fixtures.ts';

const claims = (userinfo: unknown, id_token?: unknown) => JSON.stringify({ userinfo, id_token });

async function userinfo({ idp }: World, token: unknown) {
  return read(await idp.handle({ ...get('/tenant/userinfo'), headers: [['authorization', `Bearer ${token}`]] }));
}

test('a client is told what it asks for in particular, and where it asked for it', async () => {
  const it = await flowWorld();
  const asked = claims(
    { name: null, department: { essential: true }, nickname: null },
    { email: { value: 'alice@example.com' }, auth_time: { essential: true }, name: { values: ['Bob', 'Carol'] } },
  );
  const tokens = await tokensFor(it, { claims: asked, scope: 'openid offline_access' });
  expect(await userinfo(it, tokens.access_token)).toEqual({ sub: 'user-1', name: 'Alice', department: 'secret' });
  const told = await verified(it, tokens.id_token);
  expect(told).toMatchObject({ email: 'alice@example.com', auth_time: expect.any(Number), sub: 'user-1' });
  // The wrong value is as good as none.
  expect(told).not.toHaveProperty('name');
  const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) };
  const next = read(await it.idp.handle(tokenRequest(refresh)));
  expect(await userinfo(it, next.access_token)).toEqual({ sub: 'user-1', name: 'Alice', department: 'secret' });
  expect(await verified(it, next.id_token)).toMatchObject({ email: 'alice@example.com' });
  const other = await tokensFor(it, { scope: 'openid' });
  expect(await userinfo(it, other.access_token)).toEqual({ sub: 'user-1' });
  expect(await metadata(it)).toMatchObject({ claims_parameter_supported: true });
});

test('a user cannot stand in for the claims of the token itself', async () => {
  const mallory = {
    sub: 'user-9',
    username: 'mallory',
    password: 'x',
    claims: { iss: 'https://evil.example', aud: 'x' },
  };
  const it = await flowWorld({ users: [mallory] });
  const asked = asking({ claims: claims({}, { iss: null, aud: null }) }, it.idp.logIn('mallory'));
  const { code } = returned(await it.idp.handle(asked));
  const { id_token } = read(await it.idp.handle(tokenRequest(redeeming(code as string))));
  expect(await verified(it, id_token)).toMatchObject({ iss: it.idp.issuer, aud: 'web', sub: 'user-9' });
});

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['a text for userinfo', '{"userinfo":"name"}'],
  ['a text for a claim', '{"id_token":{"name":"x"}}'],
  ['essential as a text', '{"id_token":{"name":{"essential":"yes"}}}'],
  ['values as a text', '{"id_token":{"name":{"values":"x"}}}'],
  ['too deep', `{"id_token":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
])('claims with %s are refused', async (_, wrong) => {
  const { idp } = await flowWorld();
  expect(returned(await idp.handle(asking({ claims: wrong }, idp.logIn('alice'))))).toMatchObject({
    error: 'invalid_request',
  });
});

test('claims without openid, and members that nobody knows, make no difference', async () => {
  const { idp } = await flowWorld();
  const cookie = idp.logIn('alice');
  const harmless = {
    claims: '{"x":1,"userinfo":{"__proto__":null,"x":{"y":1}}}',
    display: 'wap',
    ui_locales: 'x',
    claims_locales: 'de',
  };
  expect(returned(await idp.handle(asking(harmless, cookie)))).toHaveProperty('code');
  expect(returned(await idp.handle(asking({ claims: '{', scope: 'items:read' }, cookie)))).toHaveProperty('code');
});

test.each([
  ['id_token_hint', async (it: World) => ({ id_token_hint: String((await tokensFor(it)).id_token) })],
  ['the claim sub', async () => ({ claims: claims({}, { sub: { value: 'user-1' } }) })],
])('%s names the only user who may answer', async (_, naming) => {
  const it = await flowWorld();
  const named = await naming(it);
  // Expired is no matter (OIDC Core §3.1.2.1).
  it.clock.set(1_800_000_000_000);
  const silent = async (cookie?: string) => returned(await it.idp.handle(asking({ ...named, prompt: 'none' }, cookie)));
  expect(await silent(it.idp.logIn('alice'))).toHaveProperty('code');
  expect(await silent(it.idp.logIn('bob'))).toMatchObject({ error: 'login_required' });
  expect(await silent()).toMatchObject({ error: 'login_required' });
  const browser = createBrowser(it);
  const page = await browser.visit(asking(named, it.idp.logIn('bob')));
  expect(text(page)).toContain('value="alice"');
  const wrong = await browser.submit(page, { username: 'bob', password: 'builder', decision: 'log-in' });
  expect(returned(wrong)).toMatchObject({ error: 'login_required' });
  const again = await browser.visit(asking(named));
  const right = await browser.submit(again, { username: 'alice', password: 'wonderland', decision: 'log-in' });
  expect(returned(right)).toHaveProperty('code');
});

test('autoLogin logs in whom the hint names, and nobody when that one is gone', async () => {
  const it = await flowWorld({ autoLogin: true });
  const { code } = returned(await it.idp.handle(asking({ login_hint: 'bob' })));
  const { id_token } = read(await it.idp.handle(tokenRequest(redeeming(code as string))));
  const hinted = { id_token_hint: String(id_token) };
  const answer = returned(await it.idp.handle(asking(hinted, it.idp.logIn('alice'))));
  const next = read(await it.idp.handle(tokenRequest(redeeming(answer.code as string))));
  expect(await verified(it, next.id_token)).toMatchObject({ sub: 'user-2' });
  it.idp.users.remove('user-2');
  expect(returned(await it.idp.handle(asking(hinted)))).toMatchObject({ error: 'login_required' });
});

test.each([
  ['no JWT', async () => 'x'],
  ['an access token', async (it: World) => (await tokensFor(it)).access_token],
  ['one of another client', async (it: World) => it.idp.mintIdToken({ client: 'mobile', flaws: [] })],
  ['one that was changed', async (it: World) => `${String((await tokensFor(it)).id_token).slice(0, -8)}AAAAAAAA`],
])('id_token_hint with %s is refused', async (_, made) => {
  const it = await flowWorld();
  const answer = await it.idp.handle(asking({ id_token_hint: await made(it) }, it.idp.logIn('alice')));
  expect(returned(answer)).toMatchObject({ error: 'invalid_request' });
});
