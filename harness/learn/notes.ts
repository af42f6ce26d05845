import type { BrowserDeed, FormDeed, LinkDeed } from '../model/idp.ts';
import type { Question } from './questions.ts';

/** A page that was met, and what was done with it. */
export interface Noted<D> {
  /** What it was taken for. */
  readonly as: 'login' | 'consent' | 'continue';
  readonly title: string;
  /** Its HTML, by which it will be told from the others. */
  readonly source: string;
  readonly deed: D;
  /** What says no, where something does. */
  readonly deny?: D | (D extends FormDeed ? LinkDeed : never);
  /** Texts that tell it: the names of its fields, its title, what stands on its buttons. */
  readonly marks: readonly string[];
}

export type NotedForm = Noted<FormDeed>;
export type NotedInBrowser = Noted<readonly BrowserDeed[]>;

/** What somebody who has met pages for the first time knows afterwards. */
export interface Notebook<N> {
  readonly pages: N[];
  /** The page with which there was nothing to be done, in words. */
  stuck: string | undefined;
  /** What somebody has to say before it goes on. */
  open: Question | undefined;
  /** The HTML and the text of the page that was seen last. */
  seen: { readonly source: string; readonly text: string } | undefined;
  /** What every page said, in order. */
  readonly texts: string[];
}

export const emptyNotebook = <N>(): Notebook<N> => ({
  pages: [],
  stuck: undefined,
  open: undefined,
  seen: undefined,
  texts: [],
});
