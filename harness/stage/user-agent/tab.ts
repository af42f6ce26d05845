import type { Page, Request } from 'playwright-core';
import { deadlines } from '../../model/deadlines.ts';
import type { Occurrence } from '../../model/history.ts';
import type { Answers } from './answers.ts';
import { bare } from './bare.ts';

/** A line of the console, or of the network panel, of a browser. */
export type ConsoleLine = Omit<Extract<Occurrence, { readonly kind: 'log' }>, 'kind'>;

/** What stands in the one tab of somebody's browser. */
export interface Sight {
  readonly url: string;
  /** Of the document; 0 when none came. */
  readonly status: number;
  readonly text: string;
  readonly html: string;
  /** All of it has come. */
  readonly complete: boolean;
}

/** The one tab of somebody's browser. */
export interface Tab {
  readonly page: Page;
  /** What stands there now; undefined while one page gives way to another. */
  look(): Promise<Sight | undefined>;
  /** No request of this tab is under way, and none has been for a while: what stands there will stay. */
  readonly settled: boolean;
  /** How many pages there have been. */
  readonly moves: number;
  /** Why the last page did not come, in the browser's words, or that this machine's network changed meanwhile. */
  readonly failure: string | undefined;
  /** The first URL below this one to which the tab was led since it was opened. */
  ledTo(prefix: string): string | undefined;
}

/**
 * Watches the one tab of somebody's browser from before its first page.
 * @param answers of the wires to it, where those are at hand
 */
export function watched(
  page: Page,
  log: (line: ConsoleLine) => void,
  now: () => number,
  answers?: Pick<Answers, 'asked'>,
): Tab {
  /** With when each was answered. */
  const underWay = new Map<Request, () => number | undefined>();
  /** Those of which the head of the answer has come. */
  const begun = new WeakSet<Request>();
  const visited: string[] = [];
  let quietSince = now();
  let status = 0;
  let failure: string | undefined;
  const isDocument = (request: Request) => request.isNavigationRequest() && request.frame() === page.mainFrame();
  const over = (request: Request) => {
    underWay.delete(request);
    quietSince = now();
  };
  page.on('request', (request) => {
    underWay.set(request, answers?.asked(request.method(), request.url()) ?? (() => undefined));
    if (isDocument(request)) failure = undefined;
  });
  page.on('requestfinished', over);
  page.on('requestfailed', (request) => {
    over(request);
    const why = request.failure()?.errorText ?? 'failed';
    // A page that gives way to another takes its requests with it.
    if (why === 'net::ERR_ABORTED') return;
    // Of this machine, not of any link: what came of it says nothing about the page.
    if (isDocument(request) || why === 'net::ERR_NETWORK_CHANGED') failure = why;
    log({ party: 'browser', stream: 'network', line: `${request.method()} ${bare(request.url())} ${why}` });
  });
  page.on('response', (response) => {
    const request = response.request();
    begun.add(request);
    if (isDocument(request)) status = response.status();
  });
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return;
    visited.push(frame.url());
    quietSince = now();
  });
  page.on('console', (message) => {
    // What a page writes has arguments; what the browser itself has to say has none.
    const own = message.args().length > 0;
    for (const line of message.text().split('\n').filter(Boolean))
      log({ stream: 'console', line: own ? `${message.type()}: ${line}` : line, ...(!own && { party: 'browser' }) });
  });
  // An error that nobody caught is the page's own, and its operator finds it in the console.
  page.on('pageerror', ({ name, message }) => log({ stream: 'console', line: `error: Uncaught ${name}: ${message}` }));

  return {
    page,
    get settled() {
      const left = [...underWay].map(([request, answeredAt]) => (begun.has(request) ? answeredAt() : undefined));
      const since = left.reduce<number>((last, at) => Math.max(last, at ?? Number.POSITIVE_INFINITY), quietSince);
      return now() - since >= deadlines.pageQuiet;
    },
    get moves() {
      return visited.length;
    },
    get failure() {
      return failure;
    },
    ledTo: (prefix) => visited.find((url) => url.startsWith(prefix)),
    async look() {
      try {
        const read =
          "({ url: location.href, text: document.body?.innerText ?? '', html: document.documentElement.outerHTML, complete: document.readyState === 'complete' })";
        return { ...(await page.evaluate<Omit<Sight, 'status'>>(read)), status };
      } catch {
        return undefined;
      }
    },
  };
}
