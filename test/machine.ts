import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these names that the path leads to, or the first that is a file already. */
function find(...names: (string | undefined)[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .filter((name) => name !== undefined)
    .flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name))))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** What this machine has that some tests need: the path of each, `undefined` where it is missing. */
export const machine = {
  browser: find(
    process.env.FAILWELL_BROWSER,
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ),
  openssl: find('openssl'),
  curl: find('curl'),
  docker: find('docker'),
};

type Need = keyof typeof machine;

declare module 'vitest' {
  interface TaskMeta {
    /** What the machine lacks for this test. */
    lacks?: readonly string[];
  }
}

/**
 * Options for a test or a `describe` that needs these: `test('opens', needing('browser'), async () => …)`. Where one
 * is missing the test is skipped and says why, which `lacking-reporter.ts` counts. Throws instead, so that the file
 * fails, when `FAILWELL_REQUIRE` names it (`FAILWELL_REQUIRE=browser,openssl`).
 */
export function needing(...needs: Need[]): { skip: boolean; meta: { lacks: readonly string[] } } {
  const lacks = needs.filter((need) => machine[need] === undefined);
  const required = (process.env.FAILWELL_REQUIRE ?? '').split(',').map((name) => name.trim());
  const missing = lacks.find((need) => required.includes(need));
  if (missing !== undefined) {
    throw new Error(`FAILWELL_REQUIRE names ${missing}, but there is none: install it, or take it out.`);
  }
  return { skip: lacks.length > 0, meta: { lacks } };
}
