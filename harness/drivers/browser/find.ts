import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these that can be executed: a name is looked for where the path leads, anything with a slash is a file. */
export function findProgram(...names: readonly (string | undefined)[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .filter((name): name is string => name !== undefined && name !== '')
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

/** The browser of this machine: the one that `FAILWELL_BROWSER` names, or an installed Chromium, Chrome or Edge. */
export const findBrowser = () =>
  findProgram(
    process.env.FAILWELL_BROWSER,
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );
