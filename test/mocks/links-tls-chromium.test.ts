import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTrusting, type TrustingBrowser } from '../../harness/drivers/browser/launch.ts';
import { tlsFaults } from '../../mocks/faults/links/tls/all.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { needing } from '../machine.ts';
import { tlsRows } from './links-expected-tls.ts';
import { openSecureLink, place } from './links-tls-fixtures.ts';

describe('Chromium', needing('browser'), () => {
  let authority: Authority;
  let trusting: TrustingBrowser;
  let browser: BrowserContext;
  beforeAll(async () => {
    authority = await createAuthority({ clock: { now: () => Date.now() } });
    trusting = await launchTrusting(authority.caPem);
    browser = await trusting.newContext();
  }, 60_000);
  afterAll(() => trusting?.[Symbol.asyncDispose]());

  /** The status of a page, or the browser's name for why there is none. */
  async function visit(url: string): Promise<number | string> {
    let came: number | string;
    // Chromium drops its connections when an interface of the machine comes or goes, and then knows nothing of the page.
    do came = await visitOnce(url);
    while (came === 'net::ERR_NETWORK_CHANGED');
    return came;
  }

  async function visitOnce(url: string): Promise<number | string> {
    const page = await browser.newPage();
    try {
      // The page that explains a certificate's error may come seconds after the error.
      const failed = new Promise<string>((resolve) => {
        page.once('requestfailed', (request) => resolve(request.failure()?.errorText ?? ''));
      });
      const opened = page.goto(url).then(
        (answer) => answer?.status() ?? 0,
        () => failed,
      );
      return await Promise.race([failed, opened]);
    } finally {
      await page.close();
    }
  }

  test.each(tlsFaults.map((fault) => [fault.id, fault, tlsRows[fault.id]?.chromium] as const))(
    '%s, and cleared shows the page',
    // It waits half a minute for a handshake, and begins anew where an interface of the machine comes or goes.
    { timeout: 120_000 },
    async (id, fault, row) => {
      await using link = await openSecureLink(authority);
      expect(await visit(link.url)).toBe(200);
      const clear = await place(link, fault);
      const came = await visit(link.url);
      if (row instanceof RegExp) expect(String(came).replace(/^net::/, '')).toMatch(row);
      else expect(came, row?.goesOn).toBe(200);
      await clear();
      expect(link.seen).toContainEqual(expect.objectContaining({ faults: [id] }));
      expect(await visit(link.url)).toBe(200);
    },
  );
});
