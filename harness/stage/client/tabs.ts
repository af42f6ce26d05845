import type { BrowserContext } from 'playwright-core';
import type { TrustingBrowser } from '../../drivers/browser/launch.ts';
import { type Answers, countAnswers } from '../user-agent/answers.ts';
import { type ConsoleLine, type Tab, watched } from '../user-agent/tab.ts';

/** The browsers of the users of one stage, by session. */
export interface Tabs extends Pick<Answers, 'answered'> {
  of(session: string): Promise<Tab>;
  /** Closes them all: who comes next has never been anywhere. */
  forget(): void;
  /** Resolves when those are closed. */
  closed(): Promise<void>;
}

/** @param log is given what the console of a page shows, and the requests of pages that failed */
export function openTabs(browser: TrustingBrowser, log: (line: ConsoleLine) => void, now: () => number): Tabs {
  let tabs = new Map<string, Promise<{ readonly tab: Tab; readonly context: BrowserContext }>>();
  const answers = countAnswers(now);
  const closing = new Set<Promise<void>>();
  const opened = async () => {
    const context = await browser.newContext();
    return { context, tab: watched(await context.newPage(), log, now, answers) };
  };
  return {
    async of(session) {
      const known = tabs.get(session) ?? opened();
      tabs.set(session, known);
      return (await known).tab;
    },
    answered: answers.answered,
    forget() {
      answers.forget();
      for (const known of tabs.values()) {
        const done: Promise<void> = known
          .then(({ context }) => context.close())
          .catch(() => undefined)
          .finally(() => closing.delete(done));
        closing.add(done);
      }
      tabs = new Map();
    },
    async closed() {
      await Promise.all(closing);
    },
  };
}
