import type { WebApplication } from '../../model/client.ts';
import { FailwellError } from '../../model/error.ts';
import type { ClientWiring } from '../../model/target.ts';
import { atIdpPage } from '../browser/person.ts';
import type { Navigation, Page, Walked } from '../browser/user-agent.ts';
import { bare, strandedAt } from './by-instruction.ts';
import type { Came, Doer, Login, Task } from './doer.ts';

/**
 * Gets a web application to do things, as its user does. Whether somebody is logged in is told by its own page. Any whole
 * answer of the application with which they are not is a refusal: an error page, its home page, a new login. That the
 * user is left at a page of the IdP is not the application's answer.
 */
export function byPages(web: WebApplication, { publicUrl, redirectUri, issuer }: ClientWiring): Doer {
  const { origin } = new URL(publicUrl);
  const atClient = ({ url }: { readonly url: string }) => new URL(url).origin === origin;
  const go = (path: string): Navigation => ({ method: 'GET', url: publicUrl + path });
  const isLoggedIn = ({ status, text }: Page) => web.loggedIn.test(`${status} ${text}`);
  const toIdp = ({ url }: Navigation) => new URL(url).origin === new URL(issuer).origin;

  /** Lets a user log in, up to the response that comes back. */
  async function authorize(
    { browser, signal }: Pick<Task, 'browser' | 'signal'>,
    { user, denies }: Pick<Login, 'user' | 'denies'>,
  ): Promise<Walked> {
    return await browser.walk(go(web.login), {
      signal,
      stopBefore: ({ url }) => url.startsWith(redirectUri),
      atPage: (page) => (atClient(page) ? undefined : atIdpPage({ ...user, denies }, page)),
    });
  }

  /** What the user sees once the response is at the application; a new login is not followed. */
  async function comeBack(response: Navigation, { browser, signal }: Task): Promise<Came> {
    return await shown(await browser.walk(response, { signal, stopBefore: toIdp }), { browser, signal });
  }

  async function shown(walked: Walked, { browser, signal }: Pick<Task, 'browser' | 'signal'>): Promise<Came> {
    // An error page does not prove that there is no session.
    const { page: proof } = await browser.walk(go(web.page), { signal, stopBefore: toIdp });
    const loggedIn = proof !== undefined && isLoggedIn(proof);
    const left = loggedIn && (walked.page === undefined || walked.page.status < 400) ? proof : walked.page;
    if (left === undefined) return { outcome: 'refused', detail: 'sent to log in again' };
    const page = { url: bare(left.url), text: left.text };
    const says = `${left.status} ${new URL(left.url).pathname}`;
    return loggedIn
      ? { outcome: 'accepted', detail: says, page }
      : { outcome: 'refused', detail: says, page: { ...page, text: `${left.status} ${left.text}` } };
  }

  return {
    async logIn(task, { callback, other, ...login }) {
      const own = await authorize(task, login);
      if (own.before === undefined) return atClient(own.page) ? await shown(own, task) : strandedAt(own);
      if (callback !== 'of-other-session') {
        const first = await comeBack(own.before, task);
        return callback === 'twice' && first.outcome === 'accepted' ? await comeBack(own.before, task) : first;
      }
      const theirs = await authorize({ ...task, ...other }, { ...login, user: other.user });
      return theirs.before === undefined ? strandedAt(theirs) : await comeBack(theirs.before, task);
    },
    async openPage({ browser, signal }) {
      const walked = await browser.walk(go(web.page), { signal, stopBefore: toIdp });
      if (walked.page === undefined) return { outcome: 'refused', detail: 'sent to log in again' };
      const { url, status, text } = walked.page;
      const detail = `${status} ${new URL(url).pathname}`;
      return isLoggedIn(walked.page)
        ? { outcome: 'accepted', detail, page: { url: bare(url), text } }
        : { outcome: 'refused', detail, page: { url: bare(url), text: `${status} ${text}` } };
    },
    obtainToken: cannot('obtain-token'),
    refresh: cannot('refresh'),
  };
}

function cannot(what: string): () => Promise<never> {
  return async () => {
    throw new FailwellError('usage', `A web application cannot be told to '${what}': its users log in and open pages.`);
  };
}
