import { setTimeout as after } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { BrowserDeed, BrowserFunction } from '../model/idp.ts';
import { deedsFor, perform, shownIn } from '../stage/idp/at-page.ts';
import { controlsOf } from '../stage/idp/controls.ts';
import type { Notebook, NotedInBrowser } from './notes.ts';
import { escaped } from './pattern.ts';
import { type Ask, askAbout, askForNo } from './questions.ts';

const anybody = { username: '{username}', password: '{password}' };

/** Milliseconds between two looks at a page, and for which one must stay as it is before somebody is asked about it. */
const interval = 100;
const still = 2_000;

/** A user at a real browser who recognises what it shows, asks about what they do not, and notes what they did. */
export function learningByControls(notes: Notebook<NotedInBrowser>, ask: Ask): BrowserFunction {
  const turns = new Set<string>();
  return async (tab, person) => {
    // The page of a walk in a browser is playwright's.
    const page = tab as unknown as Page;
    let unchanged = 0;
    // Ends with the walk, whose page is closed then.
    for (;;) {
      const did = await look().catch((error: unknown) => {
        // A page that gives way while it is looked at is looked at again.
        if (!/context was destroyed|is navigating/i.test(String(error))) throw error;
        return 'acted' as const;
      });
      if (did === 'ended') return;
      await after(interval);
    }

    async function look(): Promise<'acted' | 'waited' | 'ended'> {
      const source = shownIn(await page.content());
      const text = await page.innerText('body');
      unchanged = source === notes.seen?.source ? unchanged + interval : 0;
      if (unchanged === 0) notes.texts.push(text);
      notes.seen = { source, text };
      const noted = await noteOf(page, source, unchanged >= still ? ask : undefined);
      // What is still being drawn is looked at again.
      if (shownIn(await page.content()) !== source) return 'waited';
      if (noted === undefined || turns.has(noted.turn)) {
        if (unchanged < still) return 'waited';
        const called = (await page.title()) || new URL(page.url()).pathname;
        notes.stuck =
          noted === undefined ? `nothing on the page '${called}' was recognised` : `the page '${called}' came again`;
        return 'ended';
      }
      const { turn, ...note } = noted;
      turns.add(turn);
      if (!notes.pages.some((other) => other.title === note.title && other.as === note.as)) notes.pages.push(note);
      // What is asked about saying no is answered before anything is granted.
      if (!person.consents && note.deny === undefined && notes.open !== undefined) return 'ended';
      await perform(page, person.consents ? note.deed : (note.deny ?? note.deed), person);
      return 'acted';
    }
  };
}

async function noteOf(
  page: Page,
  source: string,
  ask: Ask | undefined,
): Promise<(NotedInBrowser & { readonly turn: string }) | undefined> {
  const controls = await controlsOf(page);
  const title = (await page.title()) || new URL(page.url()).pathname;
  const [form] = controls.forms;
  const buttons = form?.buttons ?? [];
  const marks = [
    ...buttons.filter(({ label }) => label !== '').map(({ label }) => `>\\s*${escaped(label)}\\s*<`),
    `<title[^>]*>\\s*${escaped(title)}`,
    'type=["\']?password',
  ];
  const found = deedsFor(controls, { ...anybody, consents: true });
  if (found === undefined) {
    if (ask === undefined || form === undefined) return undefined;
    const names = form.fields.map(({ name }) => name);
    const told = await askAbout({ title, fields: names, buttons: buttons.map(({ name }) => name) }, ask);
    if (told === undefined) return undefined;
    const { username, password, press } = told;
    const deed: BrowserDeed[] = [
      ...(username === undefined ? [] : [{ fill: username, with: anybody.username }]),
      ...(password === undefined ? [] : [{ fill: password, with: anybody.password }]),
      ...(press === undefined ? [] : [{ click: press }]),
    ];
    const as = username === undefined && password === undefined ? 'consent' : 'login';
    return { as, title, source, deed, marks, turn: JSON.stringify(deed) };
  }
  const as = found.as as NotedInBrowser['as'];
  const note = { as, title, source, deed: found.does, marks, turn: found.turn };
  if (as !== 'consent') return note;
  const no = deedsFor(controls, { ...anybody, consents: false });
  if (no !== undefined && JSON.stringify(no.does) !== JSON.stringify(found.does)) return { ...note, deny: no.does };
  const others = [...buttons.map(({ name }) => name), ...controls.links.map(({ href }) => href)];
  const chosen = ask && (await askForNo(title, others, ask));
  return chosen === undefined ? note : { ...note, deny: [{ click: chosen }] };
}
