import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { openLink } from '../../mocks/links/link.ts';
import { needing } from '../machine.ts';
import { launch } from './chromium.ts';
import { jars, openings, refusals } from './links-expected-browser.ts';
import { random } from './links-met.ts';

/** A page of one origin and an IdP of another that lets it in, credentials and all. */
async function served() {
  const open = (name: 'browser→idp' | 'browser→client', handle: (request: HttpRequest) => object) =>
    openLink({
      name,
      listen: true,
      origin: {
        handle: async (request) => ({ status: 200, headers: [], body: Buffer.from('ok'), ...handle(request) }),
      },
      observe: () => {},
      now: () => performance.now(),
    });
  const app = await open('browser→client', () => ({ headers: [['Content-Type', 'text/html']] }));
  const idp = await open('browser→idp', ({ method }) => ({
    headers: [
      ['Access-Control-Allow-Origin', app.url],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Set-Cookie', 'sid=1; Path=/'],
      ...(method === 'OPTIONS'
        ? [
            ['Access-Control-Allow-Headers', 'authorization'],
            ['Access-Control-Allow-Methods', 'PUT'],
          ]
        : []),
    ],
  }));
  return {
    app,
    idp,
    async [Symbol.asyncDispose]() {
      await Promise.all([app[Symbol.asyncDispose](), idp[Symbol.asyncDispose]()]);
    },
  };
}

describe('Chromium', needing('browser'), () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(refusals.map(([fault, says]) => [fault.id, fault, says] as const))('%s', async (_, fault, says) => {
    await using it = await served();
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(it.app.url);
    // A browser remembers the preflight of a URL.
    let asked = 0;
    const next = () => {
      asked += 1;
      return `${it.idp.url}/token/${asked}`;
    };
    const ask = () =>
      page.evaluate(
        (url) =>
          fetch(url, { method: 'PUT', credentials: 'include', headers: { Authorization: 'Bearer t' } }).then(
            (answer) => answer.text(),
            (problem: Error) => problem.name,
          ),
        next(),
      );
    expect(await ask()).toBe('ok');
    const clear = await it.idp.place({ fault, on: 'browser→idp', schedule: { when: 'always' } }, random);
    expect(await ask()).toBe('TypeError');
    await expect.poll(() => complaints.join('\n')).toMatch(says);
    await clear();
    expect(await ask()).toBe('ok');
    await page.close();
  });

  test.each(openings.map(([fault, says]) => [fault.id, fault, says] as const))('%s', async (_, fault, says) => {
    await using it = await served();
    const page = await browser.newPage();
    await it.idp.place({ fault, on: 'browser→idp', schedule: { when: 'always' } }, random);
    const came = await page.goto(`${it.idp.url}/authorize`).then(
      (answer) => String(answer?.status()),
      (error: Error) => error.message,
    );
    expect(came).toMatch(says);
    await page.close();
  });

  test.each(jars.map(([fault, kept]) => [fault.id, fault, kept] as const))('%s', async (_, fault, kept) => {
    await using it = await served();
    const { port } = new URL(it.idp.url);
    // Another site by its name; the same listener.
    const elsewhere = `http://localhost:${new URL(it.app.url).port}/`;
    const visit = async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(it.idp.url);
      const cookies = await context.cookies();
      await page.goto(elsewhere);
      const asked = page.waitForRequest((request) => new URL(request.url()).port === port);
      await page.evaluate(`location.assign(${JSON.stringify(it.idp.url)})`);
      const { cookie } = await (await asked).allHeaders();
      await context.close();
      return { cookies, cookie };
    };
    expect(await visit()).toMatchObject({ cookies: [{ name: 'sid', path: '/', sameSite: 'Lax' }], cookie: 'sid=1' });
    const clear = await it.idp.place({ fault, on: 'browser→idp', schedule: { when: 'always' } }, random);
    const { cookies, cookie } = await visit();
    expect(cookies).toMatchObject(kept);
    expect(cookies).toHaveLength(kept.length);
    expect(cookie).toBeUndefined();
    await clear();
  });
});
