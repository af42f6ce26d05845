import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import { systemClock } from '../../mocks/clock/clock.ts';
import { createIdp, type Idp } from '../../mocks/idp/idp.ts';
import { openLink } from '../../mocks/links/link.ts';
import { needing } from '../machine.ts';
import { launch } from './chromium.ts';
import { alice, query, web } from './idp-flow-fixtures.ts';

/** An IdP and a client's redirection endpoint, which shows what it was sent. */
async function served() {
  let idp: Idp | undefined;
  const client = async ({ method, path, body }: HttpRequest) => ({
    status: 200,
    headers: [['content-type', 'text/plain']] as const,
    body: Buffer.from(method === 'POST' ? Buffer.from(body).toString() : new URL(path, 'http://x').search.slice(1)),
  });
  const open = (name: 'browser→idp' | 'browser→client', handle: Parameters<typeof openLink>[0]['origin']) =>
    openLink({ name, listen: true, origin: handle, observe: () => {}, now: () => performance.now() });
  const app = await open('browser→client', { handle: client });
  const link = await open('browser→idp', { handle: async (asked) => (idp as Idp).handle(asked) });
  const redirectUri = `${app.url}/callback`;
  idp = await createIdp({
    issuer: link.url,
    audience: 'https://api.example',
    scope: 'items:read',
    clock: systemClock,
    random: seeded(1, 'browser'),
    clients: [{ ...web, redirectUris: [redirectUri] }],
    users: [alice],
    attackerUrl: 'https://attacker.example/jwks',
  });
  const url = (changes: object) =>
    `${(idp as Idp).endpoints.authorization}?${query({ redirect_uri: redirectUri, ...changes })}`;
  const close = async () => void (await Promise.all([link[Symbol.asyncDispose](), app[Symbol.asyncDispose]()]));
  return { url, redirectUri, issuer: idp.issuer, [Symbol.asyncDispose]: close };
}

const shown = async (page: Page) => Object.fromEntries(new URLSearchParams((await page.textContent('body')) ?? ''));

test('a person logs in, consents and is sent back by a form', needing('browser'), async () => {
  await using it = await served();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(it.url({ prompt: 'consent', response_mode: 'form_post' }));
    await page.getByLabel('User name').fill('alice');
    await page.getByLabel('Password').fill('wonderland');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(it.redirectUri);
    expect(await shown(page)).toMatchObject({ code: expect.any(String), state: 'a state', iss: it.issuer });
    await page.goto(it.url({ prompt: 'none' }));
    expect(await shown(page)).toHaveProperty('code');
    await page.goto(it.url({ prompt: 'login' }));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(`${it.redirectUri}?**`);
    expect(await shown(page)).toMatchObject({ error: 'access_denied' });
    // A style or a script that the policy forbids would be complained of here.
    expect(complaints.filter((text) => /Content Security Policy/.test(text))).toEqual([]);
  } finally {
    await browser.close();
  }
});
