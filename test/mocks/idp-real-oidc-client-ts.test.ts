import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { UserManager, UserManagerSettings } from 'oidc-client-ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openLink } from '../../mocks/links/link.ts';
import { needing } from '../machine.ts';
import { launch } from './chromium.ts';
import { mobile } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

/** What each page of the application makes of the package. */
declare const manager: UserManager;

const manifest = createRequire(import.meta.url).resolve('oidc-client-ts/package.json');
const library = join(dirname(manifest), 'dist/browser/oidc-client-ts.min.js');

/** A single-page application on an origin of its own, and the IdP that it logs its users in with. */
async function app(more: Partial<UserManagerSettings> = {}) {
  const script = await readFile(library);
  let settings = {};
  const page = () => `<!doctype html><title>App</title><script src="/oidc-client-ts.js"></script>
<script>
  var manager = new oidc.UserManager(${JSON.stringify(settings)});
  if (self !== top) manager.signinSilentCallback();
</script>
<button onclick="manager.signinRedirect({ state: 'what the user did' })">Begin</button>`;
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
  const it = await served({ clients: [{ ...mobile, redirectUris: [redirectUri] }] });
  settings = {
    authority: it.issuer.href,
    client_id: mobile.id,
    redirect_uri: redirectUri,
    scope: 'openid profile email items:read',
    loadUserInfo: true,
    automaticSilentRenew: false,
    ...more,
  };
  const browser = await launch();
  const close = async () => {
    await browser.close();
    await Promise.all([link[Symbol.asyncDispose](), it[Symbol.asyncDispose]()]);
  };
  return { ...it, url: link.url, page: await browser.newPage(), [Symbol.asyncDispose]: close };
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
