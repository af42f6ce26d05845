import { filled, type Navigation, type Page } from './user-agent.ts';

/** Somebody in front of a browser, and what they say when they are asked to consent. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly denies: boolean;
}

const no = /\b(?:den(?:y|ied)|cancel|reject|decline|abort|refuse|no)\b/i;

/** What a person does at a page of an IdP: logs in, then consents or denies. Nothing at a page without a form. */
export function atIdpPage({ username, password, denies }: Person, page: Page): Navigation | undefined {
  const form = page.forms.find(({ fields }) => fields.some(({ type }) => type === 'password')) ?? page.forms[0];
  if (form === undefined || page.status >= 400) return undefined;
  const wants = (button: (typeof form.buttons)[number]) => no.test(`${button.value} ${button.text}`) === denies;
  const button = form.buttons.find(wants) ?? form.buttons[0];
  const credentials = form.fields.flatMap(({ name, type }) => {
    if (type === 'password') return [[name, password]];
    return type === 'text' || type === 'email' ? [[name, username]] : [];
  });
  return filled(form, Object.fromEntries(credentials), button);
}
