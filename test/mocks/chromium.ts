import { type Browser, chromium } from 'playwright-core';
import { machine } from '../machine.ts';

/** The machine's browser, for tests that `needing('browser')`. Close it. */
export function launch(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const args = ['--no-sandbox', '--disable-gpu', ...quiet];
  return chromium.launch({ executablePath: machine.browser as string, args });
}
