import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import { escaped, html, opening, type PageForm, page, scripted } from '../authorization/pages.ts';
import { unstored } from '../http/answer.ts';

/** Asks whether the user wants to log out here, too (RP-Initiated Logout §2). */
export function confirmPage(form: PageForm, client: string | undefined, username: string): string {
  const wish = client === undefined ? '' : `<p><strong>${escaped(client)}</strong> asks for it.</p>`;
  return page(
    'Log out?',
    `<p>You are logged in as <strong>${escaped(username)}</strong>.</p>${wish}${opening(form)}
<button name="decision" value="log-out">Log out</button>
<button name="decision" value="stay">Stay logged in</button></form>`,
  );
}

/** Goes on when every frame has loaded, or when one takes too long. */
const goOn = `var next=document.querySelector('a');
function go(){if(next)location.replace(next.href)}
addEventListener('load',go);setTimeout(go,5000)`;

/**
 * What a logout ends with: a redirection to the client, or a page; and first one with a frame for each client that
 * wants to hear of it so (Front-Channel Logout §2).
 * @param frames URLs of those clients
 * @param next where the browser goes on; absent when nobody said
 */
export function goodbye(
  title: string,
  frames: readonly string[],
  next: string | undefined,
  headers: Headers,
): HttpAnswer {
  if (frames.length > 0) return framesPage(title, frames, next, headers);
  if (next === undefined) return html(200, page(title, '<p>You may close this page.</p>'), headers);
  const moved: Headers = [['location', next], ['referrer-policy', 'no-referrer'], ...unstored];
  return { status: 303, headers: [...moved, ...headers], body: new Uint8Array() };
}

function framesPage(title: string, urls: readonly string[], next: string | undefined, headers: Headers): HttpAnswer {
  const shown = urls.map((url) => `<iframe hidden src="${escaped(url)}"></iframe>`).join('');
  const way = next === undefined ? '<p>You may close this page.</p>' : `<p><a href="${escaped(next)}">Continue</a></p>`;
  // What divides the policies and their directives is allowed in a host.
  const frames = [...new Set(urls.map((url) => new URL(url).origin))].filter((origin) => !/[;,]/.test(origin));
  return scripted({ title, body: `${way}${shown}`, script: goOn, frames }, headers);
}
