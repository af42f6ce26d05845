import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { openLink } from '../../mocks/links/link.ts';
import { needing } from '../machine.ts';
import { launch } from './chromium.ts';
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

  const refused: readonly (readonly [AnyFault, RegExp])[] = [
    [links.withoutCors(), /No 'Access-Control-Allow-Origin' header is present/],
    [links.corsWildcard(), /must not be the wildcard '\*'/],
    [links.corsOther(), /value 'https:\/\/other\.example' that is not equal/],
    [links.corsDoubled(), /contains multiple values/],
    [links.corsNull(), /value 'null' that is not equal/],
    [links.corsWithoutCredentials(), /'Access-Control-Allow-Credentials' header in the response is ''/],
    [links.corsWithoutHeaders(), /Request header field authorization is not allowed/],
    [links.corsWithoutMethods(), /Method PUT is not allowed/],
    [links.preflightRefused(), /does not have HTTP ok status/],
  ];
  test.each(refused.map(([fault, says]) => [fault.id, fault, says] as const))('%s', async (_, fault, says) => {
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

  const broken: readonly (readonly [AnyFault, RegExp])[] = [
    [links.redirectLoop(), /ERR_TOO_MANY_REDIRECTS/],
    [links.redirectLoop({ status: 308 }), /ERR_TOO_MANY_REDIRECTS/],
    [links.redirectsElsewhere(), /ERR_NAME_NOT_RESOLVED/],
    [links.closesBeforeAnswer(), /ERR_EMPTY_RESPONSE/],
    [links.resetBeforeAnswer(), /ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/],
    [links.lengthTwice(), /ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH/],
  ];
  test.each(broken.map(([fault, says]) => [fault.id, fault, says] as const))('%s', async (_, fault, says) => {
    await using it = await served();
    const page = await browser.newPage();
    await it.idp.place({ fault, on: 'browser→idp', schedule: { when: 'always' } }, random);
    const problem = await page.goto(`${it.idp.url}/authorize`).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(problem).toMatch(says);
    await page.close();
  });

  test('cookies that are stripped or for another domain are not kept', async () => {
    await using it = await served();
    const kept = async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(it.idp.url);
      const cookies = await context.cookies(it.idp.url);
      await context.close();
      return cookies.map(({ name }) => name);
    };
    expect(await kept()).toEqual(['sid']);
    for (const fault of [links.cookiesStripped(), links.cookiesForOther(), links.cookiesExpired()]) {
      const clear = await it.idp.place({ fault, on: 'browser→idp', schedule: { when: 'always' } }, random);
      expect(await kept(), fault.id).toEqual([]);
      await clear();
    }
  });
});
