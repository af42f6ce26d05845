import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { field, get, read, stranger, text, type World } from './idp-fixtures.ts';
import { createBrowser, flowWorld, mobile, web } from './idp-flow-fixtures.ts';
import { type Credentials, claims, said, seconds, send, stillWorld, token } from './idp-grants-fixtures.ts';

const grant = 'urn:ietf:params:oauth:grant-type:device_code';
const scope = 'openid email offline_access';

const asked = async (it: World, form = { scope }) => {
  const { status: _, ...answer } = await said(send(it, 'device_authorization', form));
  return answer as { readonly [name: string]: string };
};
const poll = (it: World, code: string, as: Credentials = web) =>
  token(it, { grant_type: grant, device_code: code }, as);

test('the device authorization response and the metadata say where to go', async () => {
  const it = await flowWorld();
  const answer = await send(it, 'device_authorization', { scope });
  expect([answer.status, field(answer, 'cache-control')]).toEqual([200, 'no-store']);
  const { user_code: userCode, ...others } = read(answer);
  expect(userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  expect(others).toEqual({
    device_code: expect.stringMatching(/^[0-9a-f]{64}$/),
    verification_uri: 'https://127.0.0.1:8443/tenant/device',
    verification_uri_complete: `https://127.0.0.1:8443/tenant/device?user_code=${userCode}`,
    expires_in: 600,
    interval: 5,
  });
  const metadata = read(await it.idp.handle(get('/tenant/.well-known/openid-configuration')));
  expect(metadata.device_authorization_endpoint).toBe('https://127.0.0.1:8443/tenant/device_authorization');
  expect(metadata.grant_types_supported).toContain(grant);
});

test('a device waits, is told to slow down, and gets its tokens once', async () => {
  const it = await stillWorld();
  const { device_code: code = '', user_code: userCode = '' } = await asked(it);
  const errors: unknown[] = [];
  // After the first slow_down the interval is 10 seconds, after the second one 15.
  for (const wait of [0, 5, 4, 9, 14, 15]) {
    seconds(it, wait);
    errors.push((await poll(it, code)).error);
  }
  const pending = 'authorization_pending';
  expect(errors).toEqual([pending, pending, 'slow_down', 'slow_down', 'slow_down', 'slow_down']);
  await it.idp.approve(userCode.toLowerCase().replace('-', ' '), 'bob');
  const tokens = await poll(it, code);
  expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer', scope, refresh_token: expect.any(String) });
  expect(claims(tokens.id_token)).toMatchObject({ sub: 'user-2', aud: 'web' });
  expect(await poll(it, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
  await expect(it.idp.approve(userCode)).rejects.toThrow('Nothing waits');
});

test('polls are told to slow down exactly when they come too soon', async () => {
  const it = await stillWorld();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), async (waits) => {
      const { device_code: code = '' } = await asked(it);
      let interval = 5;
      await poll(it, code);
      for (const wait of waits) {
        seconds(it, wait);
        const soon = wait < interval;
        expect((await poll(it, code)).error).toBe(soon ? 'slow_down' : 'authorization_pending');
        if (soon) interval += 5;
      }
    }),
    { numRuns: 50 },
  );
});

test.each<[string, string, (it: World, code: string) => unknown, Credentials?]>([
  ['a code that was never issued', 'invalid_grant', () => 'unknown'],
  ["the user's code", 'invalid_grant', (it) => it.idp.pending()[0]?.userCode],
  ['the code of another client', 'invalid_grant', () => {}, stranger],
  ['no code', 'invalid_request', () => ''],
  ['a code after ten minutes', 'expired_token', (it) => seconds(it, 600)],
  [
    'a code approved but left for ten minutes',
    'expired_token',
    (it, code) => it.idp.approve(code).then(() => seconds(it, 600)),
  ],
  ['a code that the user denied', 'access_denied', (it, code) => it.idp.deny(code)],
])('%s is %s', async (_, error, meanwhile, as) => {
  const it = await stillWorld();
  const { device_code: code = '' } = await asked(it);
  const other = await meanwhile(it, code);
  expect(await poll(it, typeof other === 'string' ? other : code, as)).toMatchObject({
    status: 400,
    error,
  });
});

test('a client that is public, wrong, or registered for something else', async () => {
  const codeOnly = { ...web, id: 'code-only', grantTypes: ['authorization_code'] };
  const it = await flowWorld({ clients: [web, mobile, codeOnly] });
  const ask = (form: { [name: string]: string }, as: Credentials | null) =>
    said(send(it, 'device_authorization', form, as));
  expect(await ask({ client_id: 'mobile' }, null)).toMatchObject({ status: 200, user_code: expect.any(String) });
  expect(await ask({}, null)).toMatchObject({ status: 401, error: 'invalid_client' });
  expect(await ask({}, codeOnly)).toMatchObject({ status: 400, error: 'unauthorized_client' });
  expect(await ask({ scope: 'unheard:of' }, web)).toMatchObject({ status: 400, error: 'invalid_scope' });
});

const device = (userCode?: string) => get(`/tenant/device${userCode ? `?user_code=${userCode}` : ''}`);
const login = { username: 'alice', password: 'wonderland', decision: 'log-in' };

test('a user logs in, enters the code, compares it and allows access', async () => {
  const it = await flowWorld();
  const { device_code: code = '', user_code: userCode = '' } = await asked(it);
  const browser = createBrowser(it);
  const first = await browser.visit(device());
  expect([first.status, field(first, 'content-security-policy')]).toEqual([
    200,
    expect.stringContaining("frame-ancestors 'none'"),
  ]);
  const wrong = await browser.submit(first, { ...login, password: 'wrong' });
  expect([wrong.status, text(wrong)]).toEqual([400, expect.stringContaining('role="alert"')]);
  const entry = await browser.submit(wrong, login);
  const mistyped = await browser.submit(entry, { user_code: 'BBBB-BBBB' });
  expect([mistyped.status, text(mistyped)]).toEqual([400, expect.stringContaining('role="alert"')]);
  const page = await browser.submit(mistyped, { user_code: userCode.toLowerCase() });
  expect(text(page)).toContain(`<strong>${userCode}</strong>`);
  expect(text(page)).toContain('<strong>web</strong>');
  const done = await browser.submit(page, { decision: 'allow' });
  expect([done.status, text(done)]).toEqual([200, expect.stringContaining('Access is allowed')]);
  expect(claims((await poll(it, code)).id_token)).toMatchObject({ sub: 'user-1' });
  const again = await browser.submit(page, { decision: 'deny' });
  expect([again.status, text(again)]).toEqual([400, expect.stringContaining('answered already')]);
});

test('the complete link asks only for the decision, of which no is one', async () => {
  const it = await flowWorld();
  const { device_code: code = '', user_code: userCode = '' } = await asked(it);
  const browser = createBrowser(it);
  const page = await browser.submit(await browser.visit(device(userCode)), login);
  const other = createBrowser(it);
  expect((await other.submit(page, { decision: 'allow' })).status).toBe(400);
  expect((await poll(it, code)).error).toBe('authorization_pending');
  const undecided = await browser.submit(page, {});
  expect(text(undecided)).toContain('Allow access?');
  expect(text(await browser.submit(undecided, { decision: 'deny' }))).toContain('Access is denied');
  expect((await poll(it, code)).error).toBe('access_denied');
  expect((await browser.visit(device(userCode))).status).toBe(400);
});

test('a user who tries codes has to wait, and another one has not', async () => {
  const it = await stillWorld();
  const { user_code: userCode = '' } = await asked(it);
  const at = (name: string) => (request: ReturnType<typeof get>) =>
    it.idp.handle({ ...request, headers: [['cookie', it.idp.logIn(name)]] });
  const [alice, bob] = [at('alice'), at('bob')];
  for (let each = 0; each < 5; each += 1) expect((await alice(device('BBBB-BBBB'))).status).toBe(400);
  const blocked = await alice(device(userCode));
  expect([blocked.status, field(blocked, 'retry-after')]).toEqual([429, '60']);
  expect((await bob(device(userCode))).status).toBe(200);
  seconds(it, 60);
  expect((await alice(device(userCode))).status).toBe(200);
});

test('with automatic login the complete link is all', async () => {
  const it = await flowWorld({ autoLogin: true });
  const { device_code: code = '', user_code: userCode = '' } = await asked(it);
  expect(text(await createBrowser(it).visit(device(userCode)))).toContain('Access is allowed');
  expect(await poll(it, code)).toMatchObject({ status: 200 });
});

test('a question mark in the query of the link ends nothing (RFC 3986 §3.4)', async () => {
  const it = await flowWorld({ autoLogin: true });
  const { user_code: userCode = '' } = await asked(it);
  const page = await createBrowser(it).visit(get(`/tenant/device?from=tv?&user_code=${userCode}`));
  expect(text(page)).toContain('Access is allowed');
});

test('a policy against it is what the device hears', async () => {
  const it = await flowWorld();
  const fault: Fault<'decision'> = {
    id: 'test/blocked',
    layer: 'policy',
    seam: 'decision',
    cause: 'policy/conditional-access',
    summary: 'nobody gets in',
    apply: (value) => ({ ...value, refusal: { error: 'interaction_required', suberror: 'blocked' }, status: 403 }),
  };
  const { device_code: code = '' } = await asked(it);
  const clear = it.idp.place({ fault, on: 'idp', only: { token: code }, schedule: { when: 'always' } }, seeded(1, 'x'));
  await it.idp.approve(code);
  clear();
  expect(await poll(it, code)).toEqual({ status: 403, error: 'interaction_required', suberror: 'blocked' });
});

test('what waits is listed, and only what is there can be decided', async () => {
  const it = await stillWorld();
  const { device_code: code = '', user_code: userCode } = await asked(it);
  expect(it.idp.pending()).toEqual([{ id: code, client: 'web', scope, userCode, expires: it.clock.now() + 600_000 }]);
  await expect(it.idp.approve(code, 'nobody')).rejects.toThrow("There is no user 'nobody'");
  await expect(it.idp.deny('BBBB-BBBB')).rejects.toThrow('Nothing waits');
  await it.idp.deny(code);
  expect(it.idp.pending()).toEqual([]);
});
