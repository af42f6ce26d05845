import type { FormDeed, LinkDeed, LoginFunction } from '../model/idp.ts';
import type { FormButton, Page } from '../model/page.ts';
import { type Recognised, recognise, turnOf } from '../stage/user-agent/forms.ts';
import type { Notebook, NotedForm } from './notes.ts';
import { escaped } from './pattern.ts';
import { type Ask, askAbout, askForNo } from './questions.ts';

/** Stand for the test user's, so that what is noted holds for every user. */
const anybody = { username: '{username}', password: '{password}' };

/** A user who recognises forms, asks about what they do not, and notes what they did. */
export function learningByForms(notes: Notebook<NotedForm>, ask: Ask): LoginFunction {
  const turns = new Set<string>();
  return async (page, { consents }) => {
    notes.seen = { source: page.source, text: page.html.text };
    notes.texts.push(page.html.text);
    const noted = await noteOf(page, ask);
    const title = page.html.title || new URL(page.url).pathname;
    if (noted === undefined) {
      notes.stuck = `nothing on the page '${title}' was recognised`;
      return undefined;
    }
    const { turn, ...note } = noted;
    if (turns.has(turn)) {
      notes.stuck = `the page '${title}' came again`;
      return undefined;
    }
    turns.add(turn);
    if (!notes.pages.some(({ source }) => source === note.source)) notes.pages.push(note);
    if (consents) return note.deed;
    // What is asked about saying no is answered before anything is granted.
    return note.deny ?? (notes.open === undefined ? note.deed : undefined);
  };
}

async function noteOf(page: Page, ask: Ask): Promise<(NotedForm & { readonly turn: string }) | undefined> {
  const { html, source } = page;
  const title = html.title || new URL(page.url).pathname;
  const found = recognise(html, anybody, 'yes');
  const recognised = found === undefined || 'link' in found ? undefined : found;
  const deed = recognised === undefined ? await told(page, ask) : deedOf(page, recognised);
  if (deed === undefined) return undefined;
  const as = recognised?.as ?? (deed.fill === undefined ? 'consent' : 'login');
  const form = html.forms[deed.form ?? 0];
  const deny = as === 'consent' ? await denialOf(page, deed, ask) : undefined;
  const marks = [
    ...Object.keys(deed.fill ?? {}).map((field) => `name=["']?${escaped(field)}["'\\s>/]`),
    ...(html.title === '' ? [] : [`<title[^>]*>\\s*${escaped(html.title)}`]),
    ...(form?.fields ?? []).map(({ name }) => `name=["']?${escaped(name)}["'\\s>/]`),
    ...(form?.buttons ?? []).filter(({ label }) => label !== '').map(({ label }) => escaped(label)),
  ];
  const turn = recognised === undefined ? `told ${Object.keys(deed.fill ?? {}).join(' ')}` : turnOf(recognised);
  return { as, title, source, deed, ...(deny && { deny }), marks, turn };
}

function deedOf({ html }: Page, { form, submit }: Extract<NonNullable<Recognised>, { form: unknown }>): FormDeed {
  const index = html.forms.indexOf(form);
  const { fields, button } = submit;
  const press = nameOf(button);
  return {
    ...(Object.keys(fields).length > 0 && { fill: fields }),
    ...(press !== undefined && { press }),
    ...(index > 0 && { form: index }),
  };
}

/** What to call a button: the first that it has of a label, a value and a name. */
const nameOf = (button: FormButton | undefined) =>
  button && [button.label, button.value, button.name].find((name) => name !== '');

/** How a user says no: by a button, or by a link that says so. */
async function denialOf({ html }: Page, yes: FormDeed, ask: Ask): Promise<FormDeed | LinkDeed | undefined> {
  const found = recognise(html, anybody, 'no');
  if (found !== undefined && 'link' in found) {
    const label = html.links.find(({ href }) => href === found.link)?.label.trim();
    return { link: label || found.link };
  }
  const no = found && nameOf(found.submit.button);
  if (no !== undefined && no !== yes.press) return { ...yes, press: no };
  const buttons = html.forms.flatMap((form) => form.buttons.map(nameOf)).filter((name) => name !== undefined);
  const others = buttons.filter((name) => name !== yes.press);
  const links = html.links.map(({ label, href }) => label.trim() || href);
  const chosen = await askForNo(html.title, [...others, ...links], ask);
  if (chosen === undefined) return undefined;
  return others.includes(chosen) ? { ...yes, press: chosen } : { link: chosen };
}

/** What somebody says is done with a page that looks like nothing known. */
async function told({ html, url }: Page, ask: Ask): Promise<FormDeed | undefined> {
  const fields = html.forms.flatMap((form) => form.fields.filter(({ type }) => type !== 'hidden'));
  const buttons = html.forms.flatMap((form) => form.buttons.map(nameOf)).filter((name) => name !== undefined);
  const names = fields.map(({ name }) => name);
  const answer = await askAbout({ title: html.title || new URL(url).pathname, fields: names, buttons }, ask);
  if (answer === undefined) return undefined;
  const { username, password, press } = answer;
  const fill = {
    ...(username !== undefined && { [username]: anybody.username }),
    ...(password !== undefined && { [password]: anybody.password }),
  };
  const [field] = Object.keys(fill);
  const form = html.forms.findIndex(
    (one) => one.fields.some(({ name }) => name === field) || one.buttons.some((button) => nameOf(button) === press),
  );
  return {
    ...(field !== undefined && { fill }),
    ...(press !== undefined && { press }),
    ...(form > 0 && { form }),
  };
}
