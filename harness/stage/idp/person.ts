import type {
  FormDeed,
  LinkDeed,
  Login,
  LoginDeed,
  LoginFunction,
  LoginRecipe,
  Person,
  Scripted,
} from '../../model/idp.ts';
import type { FormButton, Page, PageForm } from '../../model/page.ts';
import type { Authorize } from '../../model/step.ts';
import type { IdpWiring } from '../../model/target.ts';
import { recognise, submission, turnOf } from '../user-agent/forms.ts';
import type { AgentRequest } from '../user-agent/user-agent.ts';
import { filledIn, type Known } from './changes.ts';

/** Somebody in front of the pages of an IdP. */
export interface InFront {
  /** What they do with a page, as the request of their browser; nothing: they leave off there. */
  act(page: Page): Promise<AgentRequest | undefined>;
  /** Whether a page has told them no. */
  readonly refused: boolean;
}

/** Who they are and what they want, by what a step says of its user. */
export const personOf = (user: IdpWiring['user'], does: NonNullable<Authorize['user']>): Person => ({
  username: user.username,
  password: does === 'mistypes' ? `${user.password}-not` : user.password,
  consents: does !== 'denies',
});

/** Does with each page what the target's recipe or function says, or what the page looks like. */
export function inFront(person: Person, login: Exclude<Login, { readonly browser: unknown }> | undefined): InFront {
  let refused = false;
  const chosen = choosing(person, login);
  return {
    get refused() {
      return refused;
    },
    async act(page) {
      if (page.status >= 400) return undefined;
      const deed = await chosen(page);
      refused = deed === 'refused';
      return deed === 'refused' || deed === undefined ? undefined : requestFor(deed, page, person);
    },
  };
}

function choosing(
  person: Person,
  login: Parameters<typeof inFront>[1],
): (page: Page) => AgentRequest | ReturnType<LoginFunction> {
  if (typeof login === 'function') return (page) => login(page, person);
  const first = firstTime();
  if (login !== undefined) return (page) => byRecipe(login, page, person, first);
  return ({ html, url }) => {
    const recognised = recognise(html, person, person.consents ? 'yes' : 'no');
    if (recognised === undefined || (recognised.as === 'login' && !first(turnOf(recognised)))) return undefined;
    if ('link' in recognised) return { link: recognised.link };
    return submission(url, recognised.form, recognised.submit);
  };
}

/** Whether something is met for the first time: a page that comes again did not take what it was given. */
export function firstTime(): (what: unknown) => boolean {
  const seen = new Set<unknown>();
  return (what) => !seen.has(what) && Boolean(seen.add(what));
}

function byRecipe(
  recipe: LoginRecipe,
  { url, source }: Page,
  person: Person,
  first: (what: unknown) => boolean,
): LoginDeed | 'refused' | undefined {
  const turn = recipe.find(({ when }) => when.test(source));
  if (turn === undefined) return undefined;
  if ('refuses' in turn) return 'refused';
  if (!first(turn)) return undefined;
  if ('script' in turn) return turn.script(new URL(url), person);
  return person.consents ? turn : (turn.deny ?? turn);
}

function requestFor(deed: AgentRequest | LoginDeed, page: Page, person: Person): AgentRequest | undefined {
  if ('url' in deed) return deed;
  if ('goes' in deed) return scripted(deed, page.url);
  return 'link' in deed ? followed(deed, page) : filled(deed, page, { ...person, consents: undefined });
}

function followed({ link }: LinkDeed, { url, html }: Page): AgentRequest | undefined {
  const found = html.links.find(({ href, label }) => href === link || label.trim() === link);
  return found && { method: 'GET', url: new URL(found.href, url).href };
}

function filled({ form: index = 0, fill = {}, press }: FormDeed, { url, html }: Page, known: Known) {
  const form = html.forms[index];
  if (form === undefined) return undefined;
  const button = press === undefined ? undefined : buttonOf(form, press);
  if (press !== undefined && button === undefined) return undefined;
  const fields = Object.fromEntries(Object.entries(fill).map(([name, value]) => [name, filledIn(value, known)]));
  return submission(url, form, { fields, button });
}

/** The button that goes by this label, value or name. */
function buttonOf({ buttons }: PageForm, called: string): FormButton | undefined {
  return (['label', 'value', 'name'] as const)
    .map((member) => buttons.find((button) => button[member] === called))
    .find((button) => button !== undefined);
}

/** What the script of a page does, as the requests of a browser. */
function scripted({ sends, goes }: Scripted, url: string): AgentRequest {
  const at = (to: string) => new URL(to, url).href;
  const after = sends.map(({ method, url: to, json }) => ({
    method,
    url: at(to),
    ...(json !== undefined && {
      headers: [['Content-Type', 'application/json'] as const],
      body: JSON.stringify(json),
    }),
  }));
  return { method: 'GET', url: at(goes), after };
}
