import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FailwellError } from '../model/error.ts';
import type { BrowserPage, Login, LoginPage, RefusingPage } from '../model/idp.ts';
import { parse } from './schema.ts';

const text = z.string().min(1);
const pattern = text.refine((source) => {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}, 'expected a regular expression');
const refusing = z.strictObject({ when: pattern, refuses: z.literal(true) });
const formDeed = {
  fill: z.record(text, z.string()).optional(),
  press: text.optional(),
  form: z.int().min(0).optional(),
};
const link = z.strictObject({ link: text });
const page = z.strictObject({
  when: pattern,
  ...formDeed,
  deny: z.union([link, z.strictObject(formDeed)]).optional(),
});
const deed = z.union([
  z.strictObject({ fill: text, with: z.string() }),
  z.strictObject({ click: text }),
  z.strictObject({ expect: text }),
]);
const browserPage = z.strictObject({ when: pattern, does: z.array(deed), deny: z.array(deed).optional() });

/** A recipe in a file: what is declared of each page, in a browser or without. */
const recipeSchema = z.union([
  z.strictObject({ issuer: text.optional(), pages: z.array(z.union([refusing, page])).min(1) }),
  z.strictObject({ issuer: text.optional(), browser: z.array(z.union([refusing, browserPage])).min(1) }),
]);

/** A recipe as it stands in a file: patterns are written as text. */
export type SavedLogin =
  | { readonly issuer?: string; readonly pages: readonly (Saved<LoginPage> | Saved<RefusingPage>)[] }
  | { readonly issuer?: string; readonly browser: readonly (Saved<BrowserPage> | Saved<RefusingPage>)[] };

export type Saved<P extends { readonly when: RegExp }> = Omit<P, 'when'> & { readonly when: string };

/**
 * How a user logs in, from a file that `failwell learn` has written: `login: loginFrom(new URL('./login.json', import.meta.url))`.
 * Throws a `FailwellError` (`config`) that names the file and what is wrong with it.
 */
export function loginFrom(file: string | URL): Login {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  const shown = relative(process.cwd(), path);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const advice = missing ? "is not there: write it with 'failwell learn'" : 'is not JSON: mend it, or learn it anew';
    throw new FailwellError('config', `${shown} ${advice}.`, { cause });
  }
  return asLogin(parse(recipeSchema, value, shown) as SavedLogin);
}

/** A recipe as a file holds it, as a target takes it. */
export function asLogin(saved: SavedLogin): Login {
  const read = <P extends { readonly when: string }>(one: P) => ({ ...one, when: new RegExp(one.when) });
  if ('browser' in saved) return { browser: saved.browser.map(read) as readonly (BrowserPage | RefusingPage)[] };
  return saved.pages.map(read) as readonly (LoginPage | RefusingPage)[];
}
