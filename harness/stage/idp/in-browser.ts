import { setTimeout as after } from 'node:timers/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import { Cookie } from 'tough-cookie';
import type { HttpAnswer } from '../../model/http.ts';
import type { BrowserLogin, Person } from '../../model/idp.ts';
import type { Page } from '../../model/page.ts';
import { readHtml } from '../user-agent/html.ts';
import { type ConsoleLine, type Sight, type Tab, watched } from '../user-agent/tab.ts';
import type { AgentRequest, UserAgent } from '../user-agent/user-agent.ts';
import type { Arrival } from '../user-agent/walk.ts';
import { atPage } from './at-page.ts';
import { answerFor } from './on-behalf.ts';

/** Milliseconds between two looks at a page. */
const interval = 25;

/** What a login in a real browser needs. */
export interface BrowserWalk {
  readonly browser: Browser;
  readonly login: BrowserLogin;
  readonly person: Person;
  /** They only look at the first page. */
  readonly leaves: boolean;
  /** Sends what the browser asks for, and keeps its cookies. */
  readonly agent: UserAgent;
  readonly request: AgentRequest;
  readonly signal: AbortSignal;
  /** Ends the walk before this URL is fetched. */
  readonly stops: (url: string) => boolean;
  readonly log: (line: ConsoleLine) => void;
}

/**
 * Walks from a request to the response in a real browser, whose requests the agent sends for it. What is done with the
 * pages is done in them, so that their scripts run.
 */
export async function walkInBrowser(
  options: BrowserWalk,
): Promise<{ readonly arrival: Arrival; readonly refused: boolean }> {
  const { browser, agent, request, signal, log } = options;
  const context = await browser.newContext({ serviceWorkers: 'block', ignoreHTTPSErrors: true });
  try {
    await context.addCookies(await cookiesFor(agent, request.url));
    const tab = watched(await context.newPage(), log, () => performance.now());
    const over = new AbortController();
    const within = AbortSignal.any([signal, over.signal]);
    const arrived = Promise.withResolvers<Arrival>();
    const answers = await answerFor({ ...options, page: tab.page, context, arrived: arrived.resolve, signal: within });
    // What becomes of it is seen at the page.
    void tab.page.goto(request.url, { waitUntil: 'commit', timeout: 0 }).catch(() => undefined);
    const led = arrived.promise.then((arrival) => ({ arrival, refused: false }));
    const acted = act(tab, options, answers, within);
    // Whichever ends later is let go of.
    acted.catch(() => undefined);
    try {
      return await Promise.race([led, acted]);
    } catch (error) {
      if (signal.aborted) return nowhere('the page was still not through in time');
      return nowhere(`the page could not be used: ${wordsOf(error)}`);
    } finally {
      over.abort();
    }
  } finally {
    await keepCookies(context, agent);
    await context.close();
  }
}

/** Does what there is to do with each page until one will stay. */
async function act(
  tab: Tab,
  { login, person, leaves }: BrowserWalk,
  answers: { last(): { readonly url: string; readonly answer: HttpAnswer } | undefined },
  signal: AbortSignal,
): Promise<{ readonly arrival: Arrival; readonly refused: boolean }> {
  const somebody = atPage(login, person);
  for (;;) {
    const sight = await tab.look();
    const last = answers.last();
    if (sight !== undefined && last !== undefined && sight.url.startsWith('http')) {
      const seen = { ...sight, status: last.answer.status };
      const ends = (refused: boolean) => ({
        arrival: { at: 'page', page: pageOf(seen), answer: last.answer } as const,
        refused,
      });
      if (tab.settled && (leaves || seen.status >= 400)) return ends(false);
      const acts = seen.complete && seen.status < 400 && !leaves;
      const { moves } = tab;
      const did = acts
        ? await somebody.act(tab.page, sight.html).catch((error: unknown) => {
            // A page that gives way while it is looked at is looked at again.
            if (tab.moves === moves && !/context was destroyed|is navigating/i.test(wordsOf(error))) throw error;
            return 'acted' as const;
          })
        : 'nothing';
      if (did === 'refused') return ends(true);
      if (did === 'nothing' && tab.settled) return ends(false);
    }
    await after(interval, undefined, { signal });
  }
}

const nowhere = (why: string) => ({ arrival: { at: 'nowhere', why } as const, refused: false });

/** The first line of an error: what playwright adds is for who writes its calls. */
const wordsOf = (error: unknown) => String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';

const pageOf = ({ url, status, html, text }: Sight): Page => ({
  url,
  status,
  source: html,
  html: { ...readHtml(html), text },
});

async function cookiesFor({ cookies }: UserAgent, url: string): Promise<Parameters<BrowserContext['addCookies']>[0]> {
  const { hostname } = new URL(url);
  return (await cookies.getCookies(url)).map(({ key, value, path, secure, httpOnly }) => ({
    name: key,
    value,
    domain: hostname,
    path: path ?? '/',
    secure,
    httpOnly,
  }));
}

/** Keeps for the agent what scripts have set: who is logged in is logged out by it. */
async function keepCookies(context: BrowserContext, { cookies }: UserAgent): Promise<void> {
  for (const { name, value, domain, path, secure, httpOnly } of await context.cookies().catch(() => [])) {
    const url = `${secure ? 'https' : 'http'}://${domain.replace(/^\./, '')}${path}`;
    await cookies.setCookie(new Cookie({ key: name, value, path, secure, httpOnly }), url, { ignoreError: true });
  }
}
