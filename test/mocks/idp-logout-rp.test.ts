import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { field, get, post, read, stranger, text, type World } from './idp-fixtures.ts';
import {
  active,
  asking,
  createBrowser,
  flowWorld,
  query,
  redeeming,
  returned,
  tokenRequest,
  tokensFor,
  web,
} from './idp-flow-fixtures.ts';

const bye = 'https://app.example/bye';
const leaving = { ...web, postLogoutRedirectUris: [bye, 'https://app.example/bye?x=1', 'http://127.0.0.1:4711/bye'] };
const logoutWorld = (options: Partial<IdpOptions> = {}) =>
  flowWorld({ clients: [leaving, { ...stranger, redirectUris: web.redirectUris }], ...options });

const login = { username: 'alice', password: 'wonderland', decision: 'log-in' };

/** A browser in which alice is logged in, and her ID token for the web client. */
async function loggedIn(it: World) {
  const browser = createBrowser(it);
  const done = await browser.submit(await browser.visit(asking()), login);
  const code = returned(done).code as string;
  const tokens = read(await it.idp.handle(tokenRequest(redeeming(code)))) as { id_token: string };
  return {
    browser,
    idToken: tokens.id_token,
    session: async () => returned(await browser.visit(asking({ prompt: 'none' }))),
  };
}

const leave = (parameters: { readonly [name: string]: string }, method = 'GET'): HttpRequest =>
  method === 'GET'
    ? get(`/tenant/logout?${new URLSearchParams(parameters)}`)
    : post('/tenant/logout', parameters, { authorization: '' });

test.each(['GET', 'POST'])(
  'with an ID token of this login (%s) the session ends and the client gets the browser back',
  async (method) => {
    const it = await logoutWorld();
    const { browser, idToken, session } = await loggedIn(it);
    const before = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = { id_token_hint: idToken, post_logout_redirect_uri: bye, state: 's 1&' };
    const answer = await browser.visit(leave(asked, method));
    expect([answer.status, field(answer, 'location')]).toEqual([303, `${bye}?state=s+1%26`]);
    expect(answer.headers.filter(([name, value]) => name === 'set-cookie' && value.includes('Max-Age=0'))).toHaveLength(
      2,
    );
    expect(await session()).toMatchObject({ error: 'login_required' });
    // Not even for a browser that keeps its cookie.
    expect(returned(await it.idp.handle(asking({ prompt: 'none' }, before)))).toMatchObject({
      error: 'login_required',
    });
  },
);

test('an old cookie opens nothing', async () => {
  const it = await logoutWorld();
  const cookie = it.idp.logIn('alice');
  const tokens = await tokensFor(it, {});
  const other = { ...leave({ id_token_hint: String(tokens.id_token) }), headers: [['cookie', cookie]] as const };
  // That token is of another session of the same user, so the page asks first.
  expect(text(await it.idp.handle(other))).toContain('Log out?');
  expect(returned(await it.idp.handle(asking({ prompt: 'none' }, cookie)))).toHaveProperty('code');
});

test('an expired ID token is as good', async () => {
  const it = await logoutWorld({ lifetimes: { idToken: 1 } });
  const { browser, idToken, session } = await loggedIn(it);
  it.clock.skew(3_600_000);
  expect(text(await browser.visit(leave({ id_token_hint: idToken })))).toContain('You are logged out');
  expect(await session()).toMatchObject({ error: 'login_required' });
});

test('without a hint the user is asked, and decides', async () => {
  const it = await logoutWorld();
  const { browser, session } = await loggedIn(it);
  const page = await browser.visit(leave({ client_id: 'web', post_logout_redirect_uri: bye, state: 'x' }));
  expect([page.status, text(page)]).toEqual([200, expect.stringMatching(/alice.*web/s)]);
  expect(field(page, 'content-security-policy')).toContain("frame-ancestors 'none'");
  const stayed = await browser.submit(page, { decision: 'stay' });
  expect(field(stayed, 'location')).toBe(`${bye}?state=x`);
  expect(await session()).toHaveProperty('code');
  const again = await browser.visit(leave({}));
  const left = await browser.submit(again, { decision: 'log-out' });
  expect([left.status, text(left)]).toEqual([200, expect.stringContaining('You are logged out')]);
  expect(await session()).toMatchObject({ error: 'login_required' });
  expect((await browser.submit(again, { decision: 'log-out' })).status).toBe(400);
});

test('nobody can answer that page for somebody else', async () => {
  const it = await logoutWorld();
  const { browser, session } = await loggedIn(it);
  const attacker = createBrowser(it);
  const page = await browser.visit(leave({}));
  await attacker.visit(asking());
  expect((await attacker.submit(page, { decision: 'log-out' })).status).toBe(400);
  expect(await session()).toHaveProperty('code');
});

test('a hint about another user asks, too', async () => {
  const it = await logoutWorld();
  const { browser, idToken, session } = await loggedIn(it);
  expect(text(await browser.visit(leave({ id_token_hint: idToken, logout_hint: 'bob' })))).toContain('Log out?');
  expect(await session()).toHaveProperty('code');
  expect(text(await browser.visit(leave({ id_token_hint: idToken, logout_hint: 'alice' })))).toContain('logged out');
});

test('a browser that nobody is logged in with goes where it wants, if that is registered', async () => {
  const it = await logoutWorld();
  const { idToken } = await loggedIn(it);
  const uri = `${bye}?x=1`;
  const moved = await it.idp.handle(leave({ id_token_hint: idToken, post_logout_redirect_uri: uri, state: 's' }));
  expect(field(moved, 'location')).toBe(`${uri}&state=s`);
  expect(text(await it.idp.handle(leave({})))).toContain('You are logged out');
});

const forged = (idToken: string, change: (claims: { aud: string }) => object) => {
  const [header, payload, signature] = idToken.split('.') as [string, string, string];
  const claims = change(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

test.each<[string, (idToken: string) => { readonly [name: string]: string }]>([
  [
    'a URI that is not registered',
    (id_token_hint) => ({ id_token_hint, post_logout_redirect_uri: 'https://evil.example' }),
  ],
  [
    'another port of this machine',
    (id_token_hint) => ({ id_token_hint, post_logout_redirect_uri: 'http://127.0.0.1:4712/bye' }),
  ],
  ['a URI that begins like it', (id_token_hint) => ({ id_token_hint, post_logout_redirect_uri: `${bye}/../x` })],
  ['a URI of another client', () => ({ client_id: 'stranger', post_logout_redirect_uri: bye })],
  ['a URI of nobody', () => ({ post_logout_redirect_uri: bye })],
  ['another client than the token', (id_token_hint) => ({ id_token_hint, client_id: 'stranger' })],
  ['a client that is unknown', () => ({ client_id: 'nobody' })],
  ['a token that is none', () => ({ id_token_hint: 'x.y.z' })],
  ['a token without a signature', (token) => ({ id_token_hint: `${btoa('{"alg":"none"}')}.${token.split('.')[1]}.` })],
  ['a token that was changed', (token) => ({ id_token_hint: forged(token, (claims) => ({ ...claims, sub: 'x' })) })],
  ['a token of another issuer', (token) => ({ id_token_hint: forged(token, (claims) => ({ ...claims, iss: 'x' })) })],
])('%s is an error, and neither a redirection nor a logout', async (_, parameters) => {
  const it = await logoutWorld();
  const { browser, idToken, session } = await loggedIn(it);
  const answer = await browser.visit(leave(parameters(idToken)));
  expect([answer.status, field(answer, 'location')]).toEqual([400, undefined]);
  expect(text(answer)).toContain('role="alert"');
  expect(await session()).toHaveProperty('code');
});

test('a parameter that stands twice is an error; so is another method', async () => {
  const { idp } = await logoutWorld();
  expect((await idp.handle(get('/tenant/logout?client_id=web&client_id=web'))).status).toBe(400);
  expect((await idp.handle(post('/tenant/logout', {}, { type: 'text/plain' }))).status).toBe(400);
  expect((await idp.handle(get('/tenant/logout', 'DELETE'))).status).toBe(405);
  expect((await idp.handle(get('/tenant/logout/confirm'))).status).toBe(405);
});

test('an access token is no ID token, whatever its signature', async () => {
  const it = await logoutWorld();
  const { browser } = await loggedIn(it);
  const token = await it.idp.mint({ format: 'jwt', flaws: [] } as never);
  expect((await browser.visit(leave({ id_token_hint: token }))).status).toBe(400);
});

test('an ID token signed with the client secret is one, too', async () => {
  const it = await logoutWorld({ clients: [{ ...leaving, idTokenSignedResponseAlg: 'HS256' }] });
  const { browser, idToken } = await loggedIn(it);
  const answer = await browser.visit(leave({ id_token_hint: idToken, post_logout_redirect_uri: bye }));
  expect(field(answer, 'location')).toBe(bye);
});

test('refresh tokens go with the session, but for those that were to outlive it', async () => {
  const client = { ...leaving, grantTypes: ['authorization_code', 'refresh_token'] };
  const it = await logoutWorld({ clients: [client] });
  const { browser, idToken } = await loggedIn(it);
  const redeemed = async (scope: string) => {
    const { code } = returned(await browser.visit(asking({ scope })));
    return read(await it.idp.handle(tokenRequest(redeeming(code as string))));
  };
  const [online, offline] = [await redeemed('openid'), await redeemed('openid offline_access')];
  await browser.visit(leave({ id_token_hint: idToken }));
  expect(await active(it, online.refresh_token)).toEqual({ active: false });
  expect(await active(it, online.access_token)).toEqual({ active: false });
  expect(await active(it, offline.refresh_token)).toMatchObject({ active: true });
  const refresh = { grant_type: 'refresh_token', refresh_token: String(online.refresh_token) };
  expect(read(await it.idp.handle(tokenRequest(refresh)))).toMatchObject({ error: 'invalid_grant' });
});

test('logging in again as the same user for one client keeps the login of another in mind', async () => {
  const it = await logoutWorld();
  const { browser, idToken, session } = await loggedIn(it);
  const again = get(`/tenant/authorize?${query({ prompt: 'login', client_id: 'stranger' })}`);
  await browser.submit(await browser.visit(again), login);
  expect(text(await browser.visit(leave({ id_token_hint: idToken })))).toContain('You are logged out');
  expect(await session()).toMatchObject({ error: 'login_required' });
});
