import type { Page } from 'playwright-core';
import type { Html } from '../../model/page.ts';

/** What a page shows to be filled in and pressed, as its script has made it. Everything goes by its selector. */
type Controls = Pick<Html, 'forms' | 'links'>;

/** Runs in the page. */
const read = `(() => {
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden' && !e.disabled;
  const text = (e) => (e.innerText || e.value || e.getAttribute('aria-label') || '').trim().replace(/\\s+/g, ' ');
  const quoted = (value) => JSON.stringify(value);
  const one = (selector) => document.querySelectorAll(selector).length === 1 && selector;
  const by = (e, name) => e.getAttribute(name) && one(e.localName + '[' + name + '=' + quoted(e.getAttribute(name)) + ']');
  const path = (e) => {
    const step = e.localName + ':nth-of-type(' + ([...e.parentElement.children].filter((o) => o.localName === e.localName).indexOf(e) + 1) + ')';
    return e.parentElement === document.body ? 'body > ' + step : path(e.parentElement) + ' > ' + step;
  };
  // Ids with digits and colons are often made anew each time.
  const byId = (e) => /^[A-Za-z_-]+$/.test(e.id) && one('#' + e.id);
  const field = (e) => by(e, 'name') || byId(e) || by(e, 'autocomplete') || (e.type === 'password' && one('input[type="password"]')) || by(e, 'placeholder') || by(e, 'aria-label') || path(e);
  const pressable = (e) => byId(e) || (e.name && e.value && one(e.localName + '[name=' + quoted(e.name) + '][value=' + quoted(e.value) + ']')) || (text(e) && 'role=button[name=' + quoted(text(e)) + ']') || path(e);
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const typed = 'input:not([type=submit],[type=button],[type=image],[type=reset],[type=hidden],[type=radio]), textarea';
  return {
    fields: all(typed).map((e) => ({ name: field(e), type: e.localName === 'textarea' ? 'textarea' : e.type, value: e.value, checked: !!e.checked })),
    buttons: all('button, input[type=submit], input[type=button], [role=button]').map((e) => ({ name: pressable(e), value: '', label: text(e) })),
    links: all('a[href]').map((e) => ({ href: byId(e) || 'role=link[name=' + quoted(text(e)) + ']', label: text(e) })),
  };
})()`;

/** Reads what a page shows, as one form. */
export async function controlsOf(page: Page): Promise<Controls> {
  const { fields, buttons, links } = await page.evaluate<
    Pick<Controls['forms'][number], 'fields' | 'buttons'> & Pick<Controls, 'links'>
  >(read);
  // A box that is ticked already stays as it is.
  const open = fields.filter(({ type, checked }) => type !== 'checkbox' || !checked);
  return { forms: [{ action: '', method: 'POST', encoding: '', fields: open, buttons }], links };
}
