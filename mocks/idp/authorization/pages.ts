import { createHash } from 'node:crypto';
import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import { unstored } from '../http/answer.ts';

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto 2rem;padding:0 1rem}
body{color:#1c1e21;background:#f3f4f6}main{background:#fff;overflow-wrap:anywhere}
main{padding:1.5rem 2rem;border:1px solid #d9dce1;border-radius:.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}ul{padding-left:1.25rem}a{color:#1a56c4}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}
input,button{padding:.55rem .75rem;margin:.25rem 0 1rem;border:1px solid #767b84;border-radius:.375rem}
input,button{color:inherit;background:#fff}
button{margin-bottom:.75rem;cursor:pointer}button:first-of-type{border-color:#1a56c4;color:#fff;background:#1a56c4}
:focus-visible{outline:3px solid #8fb4ff;outline-offset:1px}[role=alert]{color:#b00020}`;
const submit = 'document.forms[0].submit()';
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What no page of the IdP allows: being framed, sniffed, stored, or telling others its URL (RFC 9700 §4.16). */
const guarded: Headers = [
  ['content-type', 'text/html; charset=utf-8'],
  [
    'content-security-policy',
    `default-src 'none'; style-src ${hashOf(style)}; base-uri 'none'; frame-ancestors 'none'`,
  ],
  ['x-frame-options', 'DENY'],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ...unstored,
];

/** Where a page's form goes, and the hidden field that says which authorization request it answers. */
export interface PageForm {
  readonly action: string;
  readonly interaction: string;
}

export function loginPage(form: PageForm, client: string, shown: { username?: string; alert?: string }): string {
  const alert = shown.alert ? `<p role="alert">${escaped(shown.alert)}</p>` : '';
  return page(
    'Log in',
    `<p>to continue to <strong>${escaped(client)}</strong></p>${alert}${opening(form)}
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" required autofocus value="${escaped(shown.username ?? '')}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button name="decision" value="log-in">Log in</button>
<button name="decision" value="deny" formnovalidate>Cancel</button></form>`,
  );
}

/** @param wanted scope values, and types of authorization details (RFC 9396 §2) */
export function consentPage(form: PageForm, client: string, wanted: readonly string[]): string {
  const items = wanted.map((value) => `<li>${escaped(value)}</li>`);
  return page(
    'Allow access?',
    `<p><strong>${escaped(client)}</strong> asks for</p><ul>${items.join('')}</ul>${opening(form)}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></form>`,
  );
}

/** A page for the user when there is nobody to redirect to (RFC 6749 §4.1.2.1). */
export const errorPage = (why: string, error = 'invalid_request'): HttpAnswer =>
  html(400, page('Error', `<p role="alert">${error}: ${escaped(why)}</p>`));

export const html = (status: number, text: string, headers: Headers = []): HttpAnswer => ({
  status,
  headers: [...guarded, ...headers],
  body: Buffer.from(text),
});

/** OAuth 2.0 Form Post Response Mode §2. It may be framed: with `prompt=none` it answers a hidden frame. */
export function formPostPage(
  action: string,
  fields: readonly (readonly [string, string])[],
  more: Headers,
): HttpAnswer {
  const inputs = fields.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const form = `<form method="post" action="${escaped(action)}">${inputs.join('')}`;
  const body = `${form}<noscript><button>Continue</button></noscript></form>`;
  return scripted({ title: 'One moment', body, script: submit, framable: true }, more);
}

interface ScriptedPage {
  readonly title: string;
  readonly body: string;
  readonly script: string;
  /** Other pages may show it in a frame. */
  readonly framable?: true;
  /** Origins of what it shows in frames itself. */
  readonly frames?: readonly string[];
}

/** A page with one script and no other. */
export function scripted({ title, body, script, framable, frames = [] }: ScriptedPage, more: Headers): HttpAnswer {
  const policy = [
    `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'`,
    ...(frames.length > 0 ? [`frame-src ${frames.join(' ')}`] : []),
    ...(framable ? [] : ["frame-ancestors 'none'"]),
  ].join('; ');
  const headers = guarded
    .filter(([name]) => !framable || name !== 'x-frame-options')
    .map(([name, value]) => [name, name === 'content-security-policy' ? policy : value] as const);
  const text = page(title, `${body}<script>${script}</script>`);
  return { status: 200, headers: [...headers, ...more], body: Buffer.from(text) };
}

export const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

export const opening = ({ action, interaction }: PageForm) =>
  `<form method="post" action="${escaped(action)}"><input type="hidden" name="interaction" value="${interaction}">`;

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
