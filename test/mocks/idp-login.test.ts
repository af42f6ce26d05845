import { expect, test } from 'vitest';
import { field, post, text } from './idp-fixtures.ts';
import { asking, createBrowser, flowWorld, returned } from './idp-flow-fixtures.ts';

const login = { username: 'alice', password: 'wonderland', decision: 'log-in' };

test('a user logs in on the page, and is not asked again', async () => {
  const it = await flowWorld();
  const browser = createBrowser(it);
  const page = await browser.visit(asking({ login_hint: 'al"ice' }));
  expect(page.status).toBe(200);
  expect(text(page)).toContain('<label for="password">Password</label>');
  expect(text(page)).toContain('value="al&quot;ice"');
  const done = await browser.submit(page, login);
  expect([done.status, returned(done)]).toEqual([
    303,
    { code: expect.any(String), session_state: expect.any(String), state: 'a state', iss: it.idp.issuer },
  ]);
  expect(returned(await browser.visit(asking()))).toHaveProperty('code');
  expect(text(await browser.visit(asking({ prompt: 'login' })))).toContain('Password');
  expect(text(await browser.visit(asking({ prompt: 'select_account' })))).toContain('Password');
});

test('no page may be framed or stored, and no script runs on it', async () => {
  const { idp } = await flowWorld();
  const page = await idp.handle(asking());
  const policy = field(page, 'content-security-policy');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("default-src 'none'");
  expect([field(page, 'x-frame-options'), field(page, 'cache-control')]).toEqual(['DENY', 'no-store']);
  expect(field(page, 'set-cookie')).toMatch(/HttpOnly; SameSite=None; Secure$/);
});

test('a wrong password asks again; cancelling goes back to the client', async () => {
  const browser = createBrowser(await flowWorld());
  const again = await browser.submit(await browser.visit(asking()), { ...login, password: 'wrong' });
  expect(again.status).toBe(400);
  expect(text(again)).toContain('role="alert"');
  expect(text(again)).toContain('value="alice"');
  const denied = await browser.submit(again, { decision: 'deny' });
  expect(returned(denied)).toMatchObject({ error: 'access_denied', state: 'a state' });
});

test('a page can be answered once, and only by the browser that it was for', async () => {
  const it = await flowWorld();
  const [browser, other] = [createBrowser(it), createBrowser(it)];
  const page = await browser.visit(asking());
  await other.visit(asking());
  expect((await other.submit(page, login)).status).toBe(400);
  const done = await browser.submit(page, login);
  expect(done.status).toBe(303);
  const twice = await browser.submit(page, login);
  expect([twice.status, field(twice, 'location')]).toEqual([400, undefined]);
  const path = '/tenant/authorize/interaction';
  expect((await browser.visit(post(path, {}, { authorization: '' }))).status).toBe(400);
  expect((await browser.visit(post(path, {}, { type: 'text/plain' }))).status).toBe(400);
  expect((await browser.visit({ ...post(path, {}), method: 'GET' })).status).toBe(405);
});

test('consent is asked for when the client wants it', async () => {
  const browser = createBrowser(await flowWorld());
  const first = await browser.submit(await browser.visit(asking({ prompt: 'login consent' })), login);
  expect(text(first)).toContain('<li>items:read</li>');
  expect(returned(await browser.submit(first, { decision: 'allow' }))).toHaveProperty('code');
  const second = await browser.visit(asking({ prompt: 'consent' }));
  expect(text(second)).toContain('Allow');
  expect(returned(await browser.submit(second, { decision: 'deny' }))).toMatchObject({ error: 'access_denied' });
});

test('each login has a session of its own, and ends the one before', async () => {
  const it = await flowWorld();
  const browser = createBrowser(it);
  await browser.submit(await browser.visit(asking()), login);
  const before = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  await browser.submit(await browser.visit(asking({ prompt: 'login' })), login);
  const old = await it.idp.handle(asking({ prompt: 'none' }, before));
  expect(returned(old)).toMatchObject({ error: 'login_required' });
  expect(returned(await browser.visit(asking({ prompt: 'none' })))).toHaveProperty('code');
});

test('consent counts only of the user who was asked', async () => {
  const browser = createBrowser(await flowWorld());
  const asked = await browser.submit(await browser.visit(asking({ prompt: 'consent' })), login);
  const bob = { username: 'bob', password: 'builder', decision: 'log-in' };
  await browser.submit(await browser.visit(asking({ prompt: 'login' })), bob);
  const again = await browser.submit(asked, { decision: 'allow' });
  expect([again.status, text(again)]).toEqual([200, expect.stringContaining('Allow access?')]);
  expect(returned(await browser.submit(again, { decision: 'allow' }))).toHaveProperty('code');
});
