import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, BrowserContext } from 'playwright-core';
import { FailwellError } from '../../model/error.ts';
import { findBrowser } from './find.ts';
import { lacksBrowser } from './lacks.ts';

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const args = ['--disable-gpu', ...quiet];

/** A browser that trusts an authority besides its own, as if the user had imported it. */
export interface TrustingBrowser extends AsyncDisposable {
  /** Somebody who has never been anywhere: cookies, storage and caches of their own. */
  newContext(): Promise<BrowserContext>;
}

/**
 * Starts the browser of this machine, without a window. Rejects with a `FailwellError` (`target-not-ready`) when there is
 * none or it does not start.
 */
export async function launchTrusting(caPem: string): Promise<TrustingBrowser> {
  mustBeHere();
  const { chromium } = await import('playwright-core');
  await using opening = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'failwell-browser-'));
  opening.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const start = () => chromium.launchPersistentContext(folder, { executablePath: findBrowser() as string, args });
  try {
    // The first start makes the profile, the second reads what was put into it.
    await (await start()).close();
    trust(folder, caPem);
    const profile = await start();
    opening.defer(() => profile.close());
    const browser = profile.browser() as Browser;
    const cleanup = opening.move();
    return { newContext: () => browser.newContext(), [Symbol.asyncDispose]: () => cleanup.disposeAsync() };
  } catch (cause) {
    throw didNotStart(cause);
  }
}

/**
 * Starts the browser of this machine, without a window, for pages whose every request is answered for it: it reaches no
 * network by itself. Rejects like `launchTrusting`.
 */
export async function launchOffline(): Promise<Browser> {
  mustBeHere();
  const { chromium } = await import('playwright-core');
  // Nobody listens at this port; without the bypass rule loopback would be reached past it.
  const proxy = ['--proxy-server=http://127.0.0.1:1', '--proxy-bypass-list=<-loopback>'];
  return await chromium
    .launch({ executablePath: findBrowser() as string, args: [...args, ...proxy] })
    .catch((cause: unknown) => {
      throw didNotStart(cause);
    });
}

function mustBeHere(): void {
  const lacks = lacksBrowser();
  if (lacks !== undefined) throw new FailwellError('target-not-ready', `${lacks}.`);
}

function didNotStart(cause: unknown): FailwellError {
  const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
  const sentence = `The browser ${findBrowser()} did not start: ${why}; start it by hand, or name another in FAILWELL_BROWSER.`;
  return new FailwellError('target-not-ready', sentence, { cause });
}

/** `CertificateMetadata { trust { trust_type: CERTIFICATE_TRUST_TYPE_TRUSTED } }` of Chromium, in protocol buffers. */
const trusted = Buffer.from([0x0a, 0x02, 0x08, 0x03]);

function trust(folder: string, caPem: string): void {
  const { raw } = new X509Certificate(caPem);
  const database = new DatabaseSync(join(folder, 'Default', 'ServerCertificate'));
  database
    .prepare('INSERT INTO certificates (sha256hash_hex, der_cert, trust_settings) VALUES (?, ?, ?)')
    .run(createHash('sha256').update(raw).digest('hex'), raw, trusted);
  database.close();
}
