import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import { startProxy } from '../../harness/proxy.ts';
import { harFileName } from '../../reports/har/file-name.ts';
import { harReporter } from '../../reports/har.ts';
import { machine, needing } from '../machine.ts';
import { launch } from '../mocks/chromium.ts';
import { serve } from '../mocks/links-served.ts';
import { aRun } from './a-run.ts';
import { harFrom } from './har-schema.ts';
import { folder, tell } from './paper.ts';

/** What Chromium's network panel reads a HAR with; other versions may keep it elsewhere. */
const importer = 'devtools://devtools/bundled/models/har/har.js';

describe('those who read HAR', () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    if (machine.browser !== undefined) browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  /** A HAR of a scenario that failed, with hostile text and a connection that was refused. */
  async function written(path: string): Promise<string> {
    const events = aRun({ targets: 2 });
    await tell(harReporter(path), events);
    const failed = (event: RunEvent) => event.type === 'scenario-finished' && event.verdict.value === 'fail';
    const { scenario, target } = events.find(failed) as Extract<RunEvent, { type: 'scenario-finished' }>;
    return join(path, harFileName(scenario, target));
  }

  test("Chromium's network panel imports every entry", needing('browser'), async (context) => {
    using where = folder();
    const text = readFileSync(await written(where.path), 'utf8');
    const page = await browser.newPage();
    await page.goto('devtools://devtools/bundled/devtools_app.html');
    // As text: what is written as a function here is not the browser's any more.
    const shown: unknown = await page.evaluate(`(async () => {
      const har = await import('${importer}').catch(() => undefined);
      if (har === undefined) return;
      const { log } = new har.HARFormat.HARRoot(${text});
      const requests = har.Importer.Importer.requestsFromHARLog(log);
      return requests.map((request) => [request.requestMethod, request.url(), request.statusCode]);
    })()`);
    if (shown === undefined) return context.skip("this browser's panel keeps its importer elsewhere");
    const { entries } = harFrom(text).log;
    expect(shown).toEqual(entries.map(({ request, response }) => [request.method, request.url, response.status]));
    expect(shown).toContainEqual(['-', 'https://idp/', 0]);
  });

  test('a browser is served from the HAR of a proxy when the server is gone', needing('browser'), async () => {
    using where = folder();
    const har = join(where.path, 'out.har');
    const page = await browser.newPage();
    const there = await serve((request, response) => {
      response.setHeader('Content-Type', request.url === '/' ? 'text/html; charset=utf-8' : 'application/json');
      response.end(request.url === '/' ? '<p>Grüße</p>' : '{"of":"the server"}');
    });
    const { url } = there;
    const proxy = await startProxy({ to: url, har });
    for (const path of ['/', '/data']) await (await fetch(proxy.url + path)).text();
    await proxy[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
    expect(harFrom(readFileSync(har, 'utf8')).log.entries).toHaveLength(2);

    await page.routeFromHAR(har, { notFound: 'abort' });
    const answer = await page.goto(`${url}/`);
    expect([answer?.status(), await page.locator('p').textContent()]).toEqual([200, 'Grüße']);
    expect(await page.evaluate('fetch("/data").then((data) => data.json())')).toEqual({ of: 'the server' });
    expect(await page.evaluate('fetch("/other").then(() => "answered", () => "aborted")')).toBe('aborted');
    await page.close();
  });

  test('Playwright answers from it what was answered', needing('browser'), async () => {
    using where = folder();
    const file = await written(where.path);
    const { entries } = harFrom(readFileSync(file, 'utf8')).log;
    const judged = entries.find(({ response }) => response.status === 500);
    const page = await browser.newPage();
    await page.routeFromHAR(file, { notFound: 'abort' });
    const answer = await page.goto(judged?.request.url ?? '');
    expect(answer?.status()).toBe(500);
    expect(await answer?.text()).toBe(judged?.response.content.text);
  });
});
