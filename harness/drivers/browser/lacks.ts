import { findBrowser } from './find.ts';

/** What is missing here to drive a real browser, in one sentence without its full stop; undefined when nothing is. */
export function lacksBrowser(): string | undefined {
  try {
    import.meta.resolve('playwright-core');
  } catch {
    return 'Targets with a real browser need the package playwright-core, which is not installed: npm install --save-dev playwright-core';
  }
  if (findBrowser() !== undefined) return undefined;
  return 'Targets with a real browser need Chromium, Chrome or Edge, and there is none: install one, or name it in FAILWELL_BROWSER';
}
