import type { FormButton, FormField, Html, PageForm } from '../../model/page.ts';
import { formEncoded } from './form-encoded.ts';
import type { AgentRequest } from './user-agent.ts';

/** The credentials with which a person fills in a login form. */
export interface Person {
  readonly username: string;
  readonly password: string;
}

/** How a person answers what a page asks. */
export type Answer = 'yes' | 'no';

/** What a person without a recipe does with a page. */
export type Recognised =
  | { readonly as: 'refusal'; readonly link: string }
  | { readonly as: 'login' | 'consent' | 'continue'; readonly form: PageForm; readonly submit: Submission }
  | undefined;

/** What is filled in, and the button that is pressed. */
export interface Submission {
  readonly fields: { readonly [name: string]: string };
  readonly button?: FormButton | undefined;
}

const no = /\b(?:no|den(?:y|ied)|cancel|abort|decline|reject|refuse|disallow|back)\b/i;
const yes = /\b(?:yes|allow|accept|approve|authori[sz]e|agree|consent|grant|confirm|continue|ok)\b/i;

const says = (pattern: RegExp, { name, value, label }: FormButton) => pattern.test(`${name} ${value} ${label}`);
const asksForText = ({ type }: FormField) => ['text', 'email', 'tel', 'search', 'url', 'number'].includes(type);

/**
 * Recognises the forms that stand between an authorization request and its response: a login (a password field and the
 * text field before it, on one page or on two), a consent (buttons, and boxes to tick), a form with nothing to fill in.
 */
export function recognise({ forms, links }: Pick<Html, 'forms' | 'links'>, person: Person, answer: Answer): Recognised {
  const refuses = answer === 'no' && !forms.some(({ buttons }) => buttons.some((button) => says(no, button)));
  const away = refuses ? links.find(({ label }) => no.test(label)) : undefined;
  if (away !== undefined) return { as: 'refusal', link: away.href };
  const pressed = (form: PageForm) =>
    answer === 'no'
      ? (form.buttons.find((button) => says(no, button)) ?? form.buttons[0])
      : (form.buttons.find((button) => says(yes, button) && !says(no, button)) ??
        form.buttons.find((button) => !says(no, button)) ??
        form.buttons[0]);

  for (const form of forms) {
    const { fields } = form;
    const password = fields.find(({ type }) => type === 'password');
    const texts = fields.filter(asksForText);
    const name = texts.find((field) => /user|login|mail|name|ident|account/i.test(field.name)) ?? texts[0];
    if (password === undefined && name === undefined) continue;
    if (password === undefined && !/user|login|mail|ident|account/i.test(name?.name ?? '')) continue;
    const filled = {
      ...(name !== undefined && { [name.name]: person.username }),
      ...(password !== undefined && { [password.name]: person.password }),
    };
    return { as: 'login', form, submit: { fields: filled, button: pressed(form) } };
  }
  const consent = forms.find(
    ({ buttons, fields }) => buttons.length > 0 && !fields.some(asksForText) && buttons.some((one) => says(yes, one)),
  );
  if (consent !== undefined) {
    const ticked = consent.fields.filter(({ type }) => type === 'checkbox').map(({ name, value }) => [name, value]);
    return {
      as: 'consent',
      form: consent,
      submit: { fields: Object.fromEntries(ticked), button: pressed(consent) },
    };
  }
  const plain = forms.find(({ fields, method }) => method === 'POST' && !fields.some(asksForText));
  return plain && { as: 'continue', form: plain, submit: { fields: {}, button: pressed(plain) } };
}

/** Names what a page asks for: a login on two pages has two turns, a page that comes again has the same one. */
export const turnOf = (recognised: NonNullable<Recognised>): string =>
  'link' in recognised ? recognised.as : [recognised.as, ...Object.keys(recognised.submit.fields)].join(' ');

/** What a browser would send for a form that is filled in like this (HTML Living Standard §4.10.21.3). */
export function submission(page: string, form: PageForm, { fields, button }: Submission): AgentRequest {
  const action = button?.action ?? form.action;
  const url = new URL(URL.canParse(action, page) ? action : '', page);
  const pairs = entriesOf(form, fields, button);
  const encoded = formEncoded(pairs);
  if (form.method === 'GET') {
    url.search = encoded;
    return { method: 'GET', url: url.href };
  }
  return {
    method: 'POST',
    url: url.href,
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Origin', new URL(page).origin],
    ],
    body: encoded,
  };
}

/** The names and values that would be sent. */
export function entriesOf(
  form: PageForm,
  filled: { readonly [name: string]: string } = {},
  button?: FormButton,
): readonly (readonly [name: string, value: string])[] {
  const rest = new Map(Object.entries(filled));
  const pairs = form.fields.flatMap(({ name, value, checked }): (readonly [string, string])[] => {
    const given = rest.get(name);
    if (given !== undefined) {
      rest.delete(name);
      return [[name, given]];
    }
    return checked ? [[name, value]] : [];
  });
  const pressed = button !== undefined && button.name !== '' ? [[button.name, button.value] as const] : [];
  return [...pairs, ...rest, ...pressed];
}
