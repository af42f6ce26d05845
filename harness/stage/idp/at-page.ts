import type { Page } from 'playwright-core';
import type { BrowserDeed, BrowserLogin, BrowserPage, Person, RefusingPage } from '../../model/idp.ts';
import { recognise, turnOf } from '../user-agent/forms.ts';
import { filledIn } from './changes.ts';
import { controlsOf } from './controls.ts';
import { firstTime } from './person.ts';

/** Somebody in front of a real browser. */
export interface AtPage {
  /** Does what there is to do with the page as it stands. */
  act(page: Page, html: string): Promise<'acted' | 'nothing' | 'refused'>;
}

/** Milliseconds for one deed: a page has come, but its script may still be at work. */
const patience = 5_000;

/** Does in a page what the target's recipe or function says, or what the page looks like. */
export function atPage({ browser: how }: BrowserLogin, person: Person): AtPage {
  const first = firstTime();
  if (typeof how === 'function') {
    return {
      async act(page) {
        if (!first(how)) return 'nothing';
        await how(page, person);
        return 'acted';
      },
    };
  }
  if (how === 'recognised') return { act: (page) => byLooks(page, person, first) };
  return { act: (page, html) => byRecipe(how, page, html, person, first) };
}

async function byLooks(
  page: Page,
  person: Person,
  first: (what: unknown) => boolean,
): Promise<'acted' | 'nothing' | 'refused'> {
  const deeds = deedsFor(await controlsOf(page), person);
  if (deeds === undefined || !first(deeds.turn)) return 'nothing';
  await perform(page, deeds.does, person);
  return 'acted';
}

/** What somebody does with a page whose controls go by their selectors. */
export function deedsFor(
  controls: Awaited<ReturnType<typeof controlsOf>>,
  person: Person,
): { readonly turn: string; readonly as: string; readonly does: readonly BrowserDeed[] } | undefined {
  const words = { ...person, username: '{username}', password: '{password}' };
  const recognised = recognise(controls, words, person.consents ? 'yes' : 'no');
  if (recognised === undefined) return undefined;
  const turn = turnOf(recognised);
  if ('link' in recognised) return { turn, as: recognised.as, does: [{ click: recognised.link }] };
  const { fields, button } = recognised.submit;
  const does = [
    ...Object.entries(fields).map(([selector, value]) =>
      isTicked(recognised.form.fields, selector) ? { click: selector } : { fill: selector, with: value },
    ),
    ...(button === undefined ? [] : [{ click: button.name }]),
  ];
  return does.length === 0 ? undefined : { turn, as: recognised.as, does };
}

const isTicked = (fields: readonly { readonly name: string; readonly type: string }[], selector: string) =>
  fields.some(({ name, type }) => name === selector && type === 'checkbox');

async function byRecipe(
  pages: readonly (BrowserPage | RefusingPage)[],
  page: Page,
  html: string,
  person: Person,
  first: (what: unknown) => boolean,
): Promise<'acted' | 'nothing' | 'refused'> {
  const shown = shownIn(html);
  const turn = pages.find(({ when }) => when.test(shown));
  if (turn === undefined) return 'nothing';
  if ('refuses' in turn) return 'refused';
  if (!first(turn)) return 'nothing';
  await perform(page, person.consents ? turn.does : (turn.deny ?? turn.does), person);
  return 'acted';
}

/** The HTML of a page without its scripts: what one may write one day is not what the page shows. */
export const shownIn = (html: string): string => html.replaceAll(/<script\b.*?<\/script\s*>/gis, '');

/** Rejects with a sentence when what a deed names is not there. */
export async function perform(page: Page, deeds: readonly BrowserDeed[], person: Person): Promise<void> {
  const { username, password } = person;
  for (const deed of deeds) {
    const selector = 'fill' in deed ? deed.fill : 'click' in deed ? deed.click : deed.expect;
    const found = page.locator(selector).first();
    await found.waitFor({ timeout: patience }).catch((error: unknown) => {
      if (!/Timeout/.test(String(error))) throw error;
      throw new Error(`it shows no ${selector}`, { cause: error });
    });
    if ('fill' in deed) await found.fill(filledIn(deed.with, { username, password }), { timeout: patience });
    if ('click' in deed) await found.click({ noWaitAfter: true, timeout: patience });
  }
}
