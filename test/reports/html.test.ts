import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import { embedded, embeddedBytes, script } from '../../reports/html/page.ts';
import { htmlReporter } from '../../reports/html.ts';
import { junitReporter } from '../../reports/junit.ts';
import { machine, needing } from '../machine.ts';
import { aRun, hostile } from './a-run.ts';
import { folder, tell } from './paper.ts';

async function reportOf(path: string, events: readonly RunEvent[] = aRun()): Promise<string> {
  await tell(htmlReporter(path), events);
  return join(path, 'report.html');
}

test('the script parses, and only it and the data are script elements', async () => {
  new Function(script);
  using at = folder();
  const text = readFileSync(await reportOf(at.path), 'utf8');
  const verdicts = 96;
  expect(text.match(/<script/g)).toHaveLength(verdicts + 2);
  expect(text.match(/<\/script/g)).toHaveLength(verdicts + 2);
  expect(text).not.toMatch(/<img|https?:\/\/[^"]*\.(js|css|woff)/);
  expect(text).not.toContain('innerHTML');
});

test('what a value takes of the page is known before it is written', () => {
  const odd = fc.string({ unit: fc.constantFrom('<', '\u2028', '\u2029', '\u0000', '"', 'ü', '\ud800', '😀') });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.array(odd), fc.dictionary(odd, odd)), (value) => {
      expect(embeddedBytes(value)).toBe(Buffer.byteLength(embedded(value)));
    }),
  );
});

test('more than 800 noisy verdicts stay under 15 MB', { timeout: 60_000 }, async () => {
  using at = folder();
  const path = await reportOf(at.path, aRun({ targets: 8, variants: 9, noise: 12 }));
  expect(statSync(path).size).toBeLessThan(15_000_000);
  expect(readFileSync(path, 'utf8')).toMatch(/"dropped":[1-9]/);
});

describe('in a browser', () => {
  let browser: Browser;
  const options = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];

  beforeAll(async () => {
    if (machine.browser !== undefined)
      browser = await chromium.launch({ executablePath: machine.browser, args: options });
  }, 60_000);
  afterAll(() => browser?.close());

  /** Opens the report from disk; `complaints` are console errors, page errors and requests that leave it. */
  async function opened(path: string, hash = '', width = 1280) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(path).href + hash);
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
  }

  test('the matrix leads to its scenarios, and one of them to its detail and back', needing('browser'), async () => {
    using at = folder();
    await using view = await opened(await reportOf(at.path));
    const { page, complaints } = view;
    expect(await page.locator('h1').textContent()).toMatch(/^6 of 8 targets failed something · 89 verdicts · 6 failed/);
    expect(await page.locator('.matrix .cell').count()).toBe(96);
    expect(await page.locator('#rows .row').count()).toBe(39);

    await page.getByTitle('token/issuer on node/koa-jwt: fail, 1 scenario').click();
    expect(await page.locator('#rows .row').count()).toBe(1);
    await page.locator('#rows .row').click();
    expect(await page.locator('h1').textContent()).toBe('gateway/token-issuer/v0 on node/koa-jwt');
    expect(await page.locator('.finding.fail').textContent()).toContain('the resource server MUST include the HTTP');
    expect(await page.locator('.log mark').textContent()).toBe('jwt expired, exp 09:00:00Z, now 09:10:02Z');
    expect(await page.locator('.token[open] mark').allTextContents()).toContainEqual(
      expect.stringContaining('"exp": 1699999000'),
    );

    await page.keyboard.press('Escape');
    await page.locator('.matrix').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a link to a detail opens it, and hostile text stays text', needing('browser'), async () => {
    using at = folder();
    const path = await reportOf(at.path);
    await using view = await opened(path, '#gateway/token-issuer/v0@node/koa-jwt');
    const { page, complaints } = view;
    await page.locator('.sequence').waitFor();
    await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
    expect(await page.locator('.message pre').allTextContents()).toContainEqual(
      expect.stringContaining(hostile.slice(0, 70)),
    );
    expect((await page.locator('.error').allTextContents()).map((text) => text.slice(0, 34))).toEqual(
      expect.arrayContaining(['ECONNREFUSED seen at the far end: ', 'ECONNRESET seen at the near end: t']),
    );
    await page.locator('.evidence').first().click();
    expect(await page.locator('.pointed').count()).toBe(1);
    expect(await page.evaluate('globalThis.owned')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('filters narrow the list by verdict, target, cause and text', needing('browser'), async () => {
    using at = folder();
    await using view = await opened(await reportOf(at.path));
    const { page } = view;
    const rows = page.locator('#rows .row');
    await page.getByRole('button', { name: /pass 50/ }).click();
    expect(await rows.count()).toBe(89);
    await page.getByLabel('target', { exact: true }).selectOption('node/hono');
    expect(await rows.count()).toBe(12);
    await page.getByLabel('cause', { exact: true }).selectOption('token/malformed');
    expect(await rows.count()).toBe(1);
    await page.getByLabel('Search').fill('nothing like it');
    expect(await page.locator('#rows').textContent()).toBe('No verdict matches this filter.');
  });

  const allRoles = ['idp', 'gateway', 'client', 'chain'] as const;

  test(
    'each role has its own matrix under its heading, and none a row that is all empty',
    needing('browser'),
    async () => {
      using at = folder();
      await using view = await opened(await reportOf(at.path, aRun({ roles: allRoles })));
      const { page, complaints } = view;
      expect(
        await page
          .locator('h1, h2, h3')
          .evaluateAll((all) => all.map((h) => `${h.tagName} ${h.firstChild?.textContent}`)),
      ).toEqual([
        expect.stringMatching(/^H1 /),
        'H2 Harness errors',
        'H2 Causes × targets',
        'H3 Gateways',
        'H3 Clients',
        'H3 IdPs',
        'H3 Chains',
        'H2 Verdicts ',
      ]);
      const matrix = (title: string) => page.getByRole('region', { name: `${title}: causes and targets` });
      const shapes = [];
      for (const title of ['Gateways', 'Clients', 'IdPs', 'Chains']) {
        const found = matrix(title);
        shapes.push([await found.locator('th.target').allTextContents(), await found.locator('tbody tr').count()]);
        expect(await found.locator('tbody td.empty').count()).toBe(0);
      }
      expect(shapes).toEqual([
        [['node/express-oauth2-jwt-bearer', 'node/aws-jwt-verify'], 12],
        [['node/express-jwt', 'node/hono'], 3],
        [['reference/gateway', 'node/fastify-jwt'], 2],
        [['node/passport-jwt', 'node/koa-jwt'], 1],
      ]);
      await matrix('Clients')
        .getByTitle(/^attack\/csrf on node\/hono: /)
        .click();
      expect(await page.locator('#rows .row strong').allTextContents()).toEqual(['client/attack-csrf/v0']);
      expect(complaints).toEqual([]);
    },
  );

  test.for([1_280, 390, 360])(
    'nothing is wider than a page of %d px; tables scroll in their own box',
    needing('browser'),
    async (width) => {
      using at = folder();
      const times = ['give-up', 'leeway', 'recovery', 'staleness', 'tries', 'wait after Retry-After: 1'];
      const run = aRun({ roles: allRoles });
      const first = run.findIndex(({ type }) => type === 'entry');
      const entry = run[first] as Extract<RunEvent, { type: 'entry' }>;
      const measured = times.map((what, n) => ({
        ...entry,
        entry: {
          seq: 1_000 + n,
          at: 1_000,
          kind: 'measure' as const,
          what,
          milliseconds: 1_234_567,
          declared: 1_000_000,
        },
      }));
      const [one, several] = [join(at.path, 'one'), join(at.path, 'several')];
      const views = [
        [await reportOf(one), ''],
        [await reportOf(several, run.toSpliced(first, 0, ...measured)), ''],
        [join(one, 'report.html'), '#gateway/token-issuer/v0@node/koa-jwt'],
      ] as const;
      for (const [path, hash] of views) {
        await using view = await opened(path, hash, width);
        await view.page.locator('h1').waitFor();
        expect(await view.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        const boxes = await view.page
          .locator('.scroll')
          .evaluateAll((all) => all.map((box) => box.getBoundingClientRect().right));
        expect(Math.max(0, ...boxes)).toBeLessThanOrEqual(width);
      }
    },
  );

  test('the times of a target stand beside what it declares', needing('browser'), async () => {
    using at = folder();
    const run = aRun({ targets: 2 });
    const first = run.findIndex(({ type }) => type === 'entry');
    const entry = run[first] as Extract<RunEvent, { type: 'entry' }>;
    const leeway = {
      seq: 1_000,
      at: 1_000,
      kind: 'measure' as const,
      what: 'leeway',
      milliseconds: 4_000,
      declared: 5_000,
    };
    const tries = { seq: 1_001, at: 1_001, kind: 'count' as const, what: 'tries', count: 2 };
    await using view = await opened(
      await reportOf(at.path, run.toSpliced(first, 0, { ...entry, entry: leeway }, { ...entry, entry: tries })),
    );
    const table = view.page.getByRole('region', { name: 'Measured times' });
    await view.page.setViewportSize({ width: 390, height: 300 });
    await view.page.getByRole('button', { name: 'Measured' }).click();
    const { top } = await table.evaluate((box) => ({ top: box.getBoundingClientRect().top }));
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(300);
    expect(await table.locator('th').allTextContents()).toEqual(['target', 'leeway', 'tries', 'reference/gateway']);
    expect(await table.locator('td').allInnerTexts()).toEqual(['4.0 s\ndeclared 5.0 s', '2']);
  });

  test('the JUnit file parses in a real XML parser', needing('browser'), async () => {
    using at = folder();
    await tell(junitReporter(at.path), aRun());
    await using view = await opened(await reportOf(at.path));
    const text = readFileSync(join(at.path, 'junit.xml'), 'utf8');
    const parse = `(text) => { const d = new DOMParser().parseFromString(text, 'application/xml'); return [d.querySelectorAll('parsererror').length, d.querySelectorAll('testcase').length]; }`;
    expect(await view.page.evaluate(`(${parse})(${JSON.stringify(text)})`)).toEqual([0, 97]);
  });
});
