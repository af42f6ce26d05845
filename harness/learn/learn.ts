import type { SavedLogin } from '../config/login.ts';
import { FailwellError } from '../model/error.ts';
import type { Login } from '../model/idp.ts';
import type { Authorize } from '../model/step.ts';
import { attempt, type Walker } from './attempt.ts';
import { learningByControls } from './by-controls.ts';
import { learningByForms } from './by-forms.ts';
import { emptyNotebook, type Notebook, type NotedForm, type NotedInBrowser } from './notes.ts';
import type { Question } from './questions.ts';
import { recipeInBrowser, recipeOfForms, wordsOfRefusal } from './recipe.ts';

/** What was learnt of an IdP's pages. */
export interface Learnt {
  readonly recipe: SavedLogin;
  readonly pages: readonly (NotedForm | NotedInBrowser)[];
}

export interface LearnOptions extends Walker {
  /** Goes into the recipe, for whoever reads it. */
  readonly issuer: string | undefined;
  /** By what a real browser shows, for pages that are scripts. */
  readonly inBrowser: boolean;
  /** Asks somebody, between two walks. Resolves to one of the choices; to nothing when nobody knows. */
  readonly ask: (question: Question) => Promise<string | undefined>;
}

type Notes = Notebook<NotedForm> | Notebook<NotedInBrowser>;

/**
 * Learns how a user logs in: walks the pages with a no and with a yes, then with a wrong password, and makes a recipe of
 * what was met. Rejects with a `FailwellError` (`config`) that says what to do where it is not let through.
 */
export async function learn(options: LearnOptions): Promise<Learnt> {
  const answers = new Map<string, string | undefined>();
  // Some ask for consent only once: what says no must be learnt before anybody says yes.
  const denied = await walk(options, answers, { user: 'denies' });
  const granted = await walk(options, answers, {});
  if (granted.outcome !== 'accepted') throw notThrough(options, granted);
  const notes = denied.notes.pages.length > granted.notes.pages.length ? denied.notes : granted.notes;
  const wrong = await walk(options, answers, { user: 'mistypes' });
  const { seen } = wrong.notes;
  // Where a status says no, nobody needs to read the page.
  const byText = wrong.outcome === 'indeterminate' && seen !== undefined;
  const refused = byText ? wordsOfRefusal({ ...seen, before: wrong.notes.texts.slice(0, -1).join('\n') }) : undefined;
  const { issuer, inBrowser } = options;
  const recipe = inBrowser
    ? recipeInBrowser(issuer, notes.pages as readonly NotedInBrowser[], refused)
    : recipeOfForms(issuer, notes.pages as readonly NotedForm[], refused);
  return { recipe, pages: notes.pages };
}

interface Walked {
  readonly outcome: string;
  readonly detail: string;
  readonly notes: Notes;
}

/** Walks the pages, again after each question that had to be asked. */
async function walk(
  options: LearnOptions,
  answers: Map<string, string | undefined>,
  step: Omit<Authorize, 'do' | 'client'>,
): Promise<Walked> {
  for (;;) {
    const notes: Notes = emptyNotebook<never>();
    const ask = async (question: Question) => {
      if (!answers.has(question.asks)) notes.open ??= question;
      return answers.get(question.asks);
    };
    const login: Login = options.inBrowser
      ? { browser: learningByControls(notes as Notebook<NotedInBrowser>, ask) }
      : learningByForms(notes as Notebook<NotedForm>, ask);
    const { login: came } = await attempt(options, login, step);
    if (notes.open === undefined) return { ...came, notes };
    answers.set(notes.open.asks, await options.ask(notes.open));
    options.signal.throwIfAborted();
  }
}

/** Why no login came to anything, in a sentence that says what to do. */
function notThrough({ target, client, inBrowser }: LearnOptions, { detail, notes }: Walked): FailwellError {
  const { stuck, pages } = notes;
  const known = target.idp?.given?.clients?.[client];
  const again = stuck?.includes('came again') || (pages.length > 0 && /\bpage\b/.test(detail));
  const tell = 'say what to do there by --username-field, --password-field and --press';
  const script = inBrowser || pages.length > 0 ? '' : 'if the page is a script, add --browser, else ';
  const sentence = again
    ? `The login did not get through, since ${stuck ?? `it came to ${detail}`}: correct the user and the password`
    : stuck === undefined
      ? `The login came to ${detail}: correct the client '${known?.id ?? client}', its redirect URI ${known?.redirectUris[0] ?? ''} or its scope`
      : `The login did not get through, since ${stuck}: ${script}${tell}`;
  return new FailwellError('config', `${sentence}.`);
}
