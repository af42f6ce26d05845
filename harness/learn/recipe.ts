import type { SavedLogin } from '../config/login.ts';
import type { Noted, NotedForm, NotedInBrowser } from './notes.ts';
import { escaped } from './pattern.ts';

/** What the page of a wrong password says that the pages before it do not. */
export interface Refusal {
  readonly source: string;
  readonly text: string;
  /** What the login page said before. */
  readonly before: string;
}

/** The recipe of pages with forms, in the order in which they were met. */
export const recipeOfForms = (
  issuer: string | undefined,
  pages: readonly NotedForm[],
  refused: string | undefined,
): SavedLogin => ({
  ...(issuer !== undefined && { issuer }),
  pages: [
    ...refusing(refused),
    ...pages.map((page) => ({ when: tellingOf(page, pages), ...page.deed, ...(page.deny && { deny: page.deny }) })),
  ],
});

/** The recipe of pages that are scripts. */
export const recipeInBrowser = (
  issuer: string | undefined,
  pages: readonly NotedInBrowser[],
  refused: string | undefined,
): SavedLogin => ({
  ...(issuer !== undefined && { issuer }),
  browser: [
    ...refusing(refused),
    ...pages.map((page) => ({ when: tellingOf(page, pages), does: page.deed, ...(page.deny && { deny: page.deny }) })),
  ],
});

const refusing = (refused: string | undefined) =>
  refused === undefined ? [] : [{ when: escaped(refused), refuses: true as const }];

/** A pattern that this page matches and no other: one mark, or two. */
function tellingOf<N extends Noted<unknown>>(page: N, all: readonly N[]): string {
  const others = all.filter((other) => other !== page);
  const telling = (pattern: string) =>
    new RegExp(pattern).test(page.source) && !others.some(({ source }) => new RegExp(pattern).test(source));
  const marks = page.marks.filter((mark) => new RegExp(mark).test(page.source));
  const pairs = marks.flatMap((one) => marks.map((other) => `(?=[^]*${one})[^]*${other}`));
  return [...marks, ...pairs].find(telling) ?? marks[0] ?? '';
}

/** The first line that only the refusing page says, as it stands in its source. */
export function wordsOfRefusal({ source, text, before }: Refusal): string | undefined {
  const known = new Set(linesOf(before));
  return linesOf(text).find((line) => line.length > 3 && !known.has(line) && source.includes(line));
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
