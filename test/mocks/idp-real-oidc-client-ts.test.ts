import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { UserManager, UserManagerSettings } from 'oidc-client-ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLink } from '../../mocks/links/link.ts';
import { machine, needing } from '../machine.ts';
import { launch } from './chromium.ts';
import { mobile } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

/** What each page of the application makes of the package. */
declare const manager: UserManager;

const manifest = createRequire(import.meta.url).resolve('oidc-client-ts/package.json');
const library = join(dirname(manifest), 'dist/browser/oidc-client-ts.min.js');

let browser: Browser | undefined;
beforeAll(async () => {
  if (machine.browser) browser = await launch();
});
afterAll(() => browser?.close());

/** A single-page application on an origin of its own, and the IdP that it logs its users in with. */
async function app(more: Partial<UserManagerSettings> = {}, options: Parameters<typeof served>[0] = {}) {
  const script = await readFile(library);
  let settings = {};
  const page = () => `<!doctype html><title>App</title><script src="/oidc-client-ts.js"></script>
<script>
  var settings = ${JSON.stringify(settings)};
  if (settings.dpop) settings.dpop.store = new oidc.IndexedDbDPoPStore();
  var manager = new oidc.UserManager(settings);
  if (self !== top) manager.signinSilentCallback();
</script>
<button onclick="manager.signinRedirect({ state: 'what the user did' })">Begin</button>
<button onclick="manager.signoutRedirect({ state: 'what the user left' })">End</button>`;
  const link = await openLink({
    name: 'browser→client',
    listen: true,
    origin: {
      handle: async ({ path }) =>
        path.endsWith('.js')
          ? { status: 200, headers: [['content-type', 'text/javascript']], body: script }
          : { status: 200, headers: [['content-type', 'text/html']], body: Buffer.from(page()) },
    },
    observe: () => {},
    now: () => performance.now(),
  });
  const redirectUri = `${link.url}/callback`;
  const after = `${link.url}/bye`;
  const it = await served({
    clients: [{ ...mobile, redirectUris: [redirectUri], postLogoutRedirectUris: [after] }],
    legacy: ['password'],
    ...options,
  });
  settings = {
    authority: it.issuer.href,
    client_id: mobile.id,
    redirect_uri: redirectUri,
    post_logout_redirect_uri: after,
    scope: 'openid profile email items:read',
    loadUserInfo: true,
    automaticSilentRenew: false,
    ...more,
  };
  const context = await (browser as Browser).newContext();
  const close = async () => {
    await context.close();
    await Promise.all([link[Symbol.asyncDispose](), it[Symbol.asyncDispose]()]);
  };
  return { ...it, url: link.url, page: await context.newPage(), [Symbol.asyncDispose]: close };
}

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByLabel('User name').fill('alice', { timeout: 10_000 });
  await page.getByLabel('Password').fill('wonderland');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/callback\?/);
}

test('a page of another origin logs a user in', needing('browser'), async () => {
  await using it = await app();
  const { page } = it;
  await logIn(page, it.url);
  const user = await page.evaluate(() => manager.signinCallback());
  expect(user).toMatchObject({
    profile: { sub: 'user-1', name: 'Alice', email: 'alice@example.com' },
    scope: 'openid profile email items:read',
    state: 'what the user did',
  });
  const keys = await page.evaluate(() => manager.metadataService.getSigningKeys());
  expect(keys).toEqual(expect.arrayContaining([expect.objectContaining({ use: 'sig' })]));
  // Without a refresh token it asks again in a frame that nobody sees.
  const silent = await page.evaluate(() => manager.signinSilent());
  expect(silent).toMatchObject({ profile: { sub: 'user-1' } });
  expect(silent?.access_token).not.toBe(user?.access_token);
});

test('it refreshes and revokes its tokens', needing('browser'), async () => {
  await using it = await app({ scope: 'openid offline_access' });
  const { page } = it;
  await logIn(page, it.url);
  const user = await page.evaluate(() => manager.signinCallback());
  const refreshed = await page.evaluate(() => manager.signinSilent());
  expect(refreshed?.refresh_token).not.toBe(user?.refresh_token);
  await page.evaluate(() => manager.revokeTokens(['refresh_token']));
  const info = await fetch(it.idp.endpoints.userinfo, {
    headers: { authorization: `Bearer ${refreshed?.access_token}` },
  });
  expect(info.status).toBe(401);
});

test('it logs the user out', needing('browser'), async () => {
  await using it = await app();
  const { page } = it;
  await logIn(page, it.url);
  await page.evaluate(() => manager.signinCallback());
  await page.getByRole('button', { name: 'End' }).click();
  await page.waitForURL(/\/bye\?state=/);
  const back = await page.evaluate(() => manager.signoutCallback());
  expect(back).toMatchObject({ userState: 'what the user left' });
  expect(await page.evaluate(() => manager.getUser())).toBeNull();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByLabel('User name').waitFor();
});

test('it notices that the user has logged out elsewhere', needing('browser'), async () => {
  await using it = await app({ monitorSession: true, checkSessionIntervalInSeconds: 1 });
  const { page } = it;
  await logIn(page, it.url);
  await page.evaluate(() => manager.signinCallback());
  const noticed = page.evaluate(() => new Promise((resolve) => manager.events.addUserSignedOut(() => resolve('so'))));
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(it.idp.endpoints['end-session']);
  await elsewhere.getByRole('button', { name: 'Log out' }).click();
  expect(await noticed).toBe('so');
});

test('it gets tokens for a password, where that is allowed', needing('browser'), async () => {
  await using it = await app();
  const { page } = it;
  await page.goto(it.url);
  const alice = { username: 'alice', password: 'wonderland' };
  const user = await page.evaluate((credentials) => manager.signinResourceOwnerCredentials(credentials), alice);
  expect(user).toMatchObject({ profile: { sub: 'user-1', name: 'Alice' } });
});

test('it binds its tokens to a key', needing('browser'), async () => {
  const dpop = { bind_authorization_code: true } as UserManagerSettings['dpop'];
  await using it = await app(
    { dpop: dpop as NonNullable<typeof dpop>, loadUserInfo: false },
    { dpopNonce: 'required' },
  );
  const { page } = it;
  await logIn(page, it.url);
  const user = await page.evaluate(() => manager.signinCallback());
  expect(user).toMatchObject({ token_type: 'DPoP', profile: { sub: 'user-1' } });
  const { userinfo } = it.idp.endpoints;
  const status = await page.evaluate(async (url) => {
    const user = await manager.getUser();
    const ask = async (nonce?: string) => {
      const proof = await manager.dpopProof(url, user as NonNullable<typeof user>, 'GET', nonce);
      const headers = { authorization: `DPoP ${user?.access_token}`, dpop: proof as string };
      return fetch(url, { headers });
    };
    const refused = await ask();
    return (await ask(refused.headers.get('dpop-nonce') ?? '')).status;
  }, userinfo);
  expect(status).toBe(200);
});
