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
declare const window: { signedOut?: true };
/** What a frame at this URL answers to these messages. */
declare function ask(url: string, messages: readonly string[]): Promise<readonly string[]>;

const manifest = createRequire(import.meta.url).resolve('oidc-client-ts/package.json');
const library = join(dirname(manifest), 'dist/browser/oidc-client-ts.min.js');

/** An application that wants to hear of logouts, its IdP and its user's browser. */
async function app() {
  const script = await readFile(library);
  let settings: object = {};
  const gone: string[] = [];
  const page = () => `<!doctype html><title>App</title><script src="/oidc-client-ts.js"></script>
<script>
  var manager = new oidc.UserManager(${JSON.stringify(settings)});
  manager.events.addUserSignedOut(function () { window.signedOut = true });
  if (self !== top) manager.signinSilentCallback();
  async function ask(url, messages) {
    var frame = document.body.appendChild(document.createElement('iframe')), answers = [], next;
    addEventListener('message', function (e) { if (e.source === frame.contentWindow) next(e.data) });
    await new Promise(function (loaded) { frame.onload = loaded; frame.src = url });
    for (var message of messages) {
      var answer = new Promise(function (told) { next = told });
      frame.contentWindow.postMessage(message, new URL(url).origin);
      answers.push(await answer);
    }
    return answers;
  }
</script>
<button onclick="manager.signinRedirect()">Begin</button><button onclick="manager.signoutRedirect({ state: 'done' })">End</button>`;
  const link = await openLink({
    name: 'browser→client',
    listen: true,
    origin: {
      handle: async ({ path }) => {
        if (path.startsWith('/gone')) gone.push(path);
        if (path.endsWith('.js')) return { status: 200, headers: [['content-type', 'text/javascript']], body: script };
        const body = Buffer.from(path.startsWith('/gone') ? 'Gone' : page());
        return { status: 200, headers: [['content-type', 'text/html']], body };
      },
    },
    observe: () => {},
    now: () => performance.now(),
  });
  const redirectUri = `${link.url}/callback`;
  const bye = `${link.url}/bye`;
  const client = {
    ...mobile,
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [bye],
    frontchannelLogoutUri: `${link.url}/gone`,
  };
  const it = await served({ clients: [client] });
  settings = {
    authority: it.issuer.href,
    client_id: mobile.id,
    redirect_uri: redirectUri,
    post_logout_redirect_uri: bye,
    scope: 'openid',
    automaticSilentRenew: false,
    monitorSession: true,
    checkSessionIntervalInSeconds: 0.2,
  } satisfies UserManagerSettings;
  const browser = await launch();
  const context = await browser.newContext();
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  const close = async () => {
    await browser.close();
    await Promise.all([link[Symbol.asyncDispose](), it[Symbol.asyncDispose]()]);
  };
  return { ...it, url: link.url, bye, gone, context, complaints, [Symbol.asyncDispose]: close };
}

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByLabel('User name').fill('alice', { timeout: 10_000 });
  await page.getByLabel('Password').fill('wonderland');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/callback\?/);
  await page.evaluate(async () => void (await manager.signinCallback()));
}

test('a page notices that its user has logged out elsewhere, and not before', needing('browser'), async () => {
  await using it = await app();
  const page = await it.context.newPage();
  await logIn(page, it.url);
  const asked = () => page.evaluate(() => manager.querySessionStatus());
  expect(await asked()).toMatchObject({ sub: 'user-1' });
  const verdict = () =>
    page.evaluate(async (url) => {
      const state = (await manager.getUser())?.session_state;
      return ask(url, [`mobile ${state}`, `other ${state}`, 'nonsense']);
    }, it.idp.endpoints['check-session']);
  expect(await verdict()).toEqual(['unchanged', 'changed', 'error']);
  expect(await page.evaluate(() => window.signedOut)).toBeUndefined();

  const elsewhere = await it.context.newPage();
  await elsewhere.goto(it.idp.endpoints['end-session']);
  await elsewhere.getByRole('button', { name: 'Log out' }).click();
  await elsewhere.getByRole('heading', { name: 'You are logged out' }).waitFor();
  await page.waitForFunction(() => window.signedOut);
  expect(it.complaints).toEqual([]);
});

test('a logout tells the client in a frame, and brings the browser back', needing('browser'), async () => {
  await using it = await app();
  const page = await it.context.newPage();
  await logIn(page, it.url);
  const sid = await page.evaluate(async () => (await manager.getUser())?.profile.sid);
  await page.getByRole('button', { name: 'End' }).click();
  await page.waitForURL(`${it.bye}?state=*`);
  expect(it.gone).toEqual([`/gone?${new URLSearchParams({ iss: it.idp.issuer, sid: String(sid) })}`]);
  expect(it.complaints).toEqual([]);
});
