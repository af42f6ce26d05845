import { escaped, opening, type PageForm, page } from '../authorization/pages.ts';
import type { Pending } from './pending.ts';

/** Where a user types what a device shows (RFC 8628 §3.3). */
export function codePage(form: PageForm, alert?: string): string {
  const said = alert ? `<p role="alert">${escaped(alert)}</p>` : '';
  return page(
    'Connect a device',
    `${said}${opening(form)}
<label for="user_code">The code that your device shows</label>
<input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" required autofocus>
<button name="decision" value="continue">Continue</button></form>`,
  );
}

/** The user compares what both devices show, so that nobody else's is let in (RFC 8628 §3.3.1, CIBA Core §7.1). */
export function devicePage(form: PageForm, { request, userCode }: Pending): string {
  const shown = userCode ?? request.bindingMessage;
  const which = shown === undefined ? 'A device' : `A device that shows <strong>${escaped(shown)}</strong>`;
  const items = request.scope.split(' ').map((value) => `<li>${escaped(value)}</li>`);
  return page(
    'Allow access?',
    `<p>${which} wants to use <strong>${escaped(request.clientId)}</strong></p><ul>${items.join('')}</ul>${opening(form)}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></form>`,
  );
}

export const donePage = (what: string) =>
  page('Done', `<p role="status">${escaped(what)} You may go back to your device.</p>`);

/** RFC 8628 §5.1. */
export const waitPage = (seconds: number) =>
  page('Please wait', `<p role="alert">Too many codes were wrong. Try again in ${seconds} seconds.</p>`);
