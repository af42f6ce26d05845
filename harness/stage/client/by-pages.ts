import type { WebApplication } from '../../model/client.ts';
import { FailwellError } from '../../model/error.ts';
import type { Page } from '../../model/page.ts';
import type { ClientWiring } from '../../model/target.ts';
import { curlLine } from '../by-hand.ts';
import { bare } from '../user-agent/bare.ts';
import type { AgentRequest } from '../user-agent/user-agent.ts';
import { type Arrival, walk } from '../user-agent/walk.ts';
import { atIdp, goingOn, stranded } from './browsing.ts';
import type { Came, Doer, Login, Task } from './doer.ts';

type Surfing = Pick<Task, 'browser' | 'signal'>;

/**
 * Gets a web application to do things, as its user does. Whether somebody is logged in is told by its own page. Any whole
 * answer of the application with which they are not is a refusal: an error page, its home page, a new login. That the
 * user is left at a page of the IdP, or without an answer, is neither yes nor no.
 * @param at where the application listens
 */
export function byPages(web: WebApplication, { publicUrl, redirectUri, issuer }: ClientWiring, at: string): Doer {
  const { origin } = new URL(publicUrl);
  const atClient = (url: string) => new URL(url).origin === origin;
  const go = (path: string): AgentRequest => ({ method: 'GET', url: publicUrl + path });
  const isLoggedIn = ({ status, html, source }: Page) => web.loggedIn.test(`${status} ${html.text || source}`);
  const toIdp = (url: string) => new URL(url).origin === new URL(issuer).origin;

  let last: { readonly path: string; readonly secrets: { readonly [name: string]: string } } | undefined;

  /** Lets a user log in, up to the response that comes back. */
  async function authorize(
    { browser, signal }: Surfing,
    { user, denies }: Pick<Login, 'user' | 'denies'>,
  ): Promise<Arrival> {
    const act = atIdp(user, denies);
    return await walk({
      agent: browser,
      request: go(web.login),
      signal,
      stops: (url) => url.startsWith(redirectUri),
      act: (page) => (atClient(page.url) ? undefined : act(page)),
    });
  }

  /** Where the user is left; a new login is not followed. */
  const follow = ({ browser, signal }: Surfing, request: AgentRequest): Promise<Arrival> =>
    walk({ agent: browser, request, signal, stops: toIdp });

  /** What the user sees once the response is at the application. */
  async function comeBack(response: Arrival, task: Surfing): Promise<Came> {
    if (response.at === 'page' && atClient(response.page.url)) return await shown(response, task);
    if (response.at !== 'elsewhere' || !response.url.startsWith(redirectUri)) return stranded(response);
    return await shown(await follow(task, goingOn(response)), task);
  }

  async function shown(arrival: Arrival, task: Surfing): Promise<Came> {
    if (arrival.at === 'nothing' || arrival.at === 'nowhere') return stranded(arrival);
    // An error page does not prove that there is no session.
    const proof = await follow(task, go(web.page));
    if (proof.at !== 'page' || !isLoggedIn(proof.page)) return refusal(arrival);
    return acceptance(arrival.at === 'page' && arrival.page.status >= 400 ? arrival.page : proof.page);
  }

  return {
    async logIn(task, { callback, other, ...login }) {
      last = { path: web.login, secrets: { USER_NAME: login.user.username, PASSWORD: login.user.password } };
      const own = await authorize(task, login);
      if (callback === 'of-other-session') {
        const theirs = await authorize({ ...task, ...other }, { ...login, user: other.user });
        return await comeBack(theirs, task);
      }
      const first = await comeBack(own, task);
      return callback === 'twice' && first.outcome === 'accepted' ? await comeBack(own, task) : first;
    },
    async openPage(task) {
      last = { path: web.page, secrets: {} };
      const arrival = await follow(task, go(web.page));
      if (arrival.at === 'nothing' || arrival.at === 'nowhere') return stranded(arrival);
      return arrival.at === 'page' && isLoggedIn(arrival.page) ? acceptance(arrival.page) : refusal(arrival);
    },
    obtainToken: cannot('obtain-token'),
    refresh: cannot('refresh'),
    byHand() {
      if (last === undefined) return undefined;
      const headers = [['Host', new URL(publicUrl).host]] as const;
      const request = { method: 'GET', path: last.path, headers, body: new Uint8Array() };
      return { how: 'curl', line: curlLine(at, request, {}), secrets: last.secrets };
    },
  };
}

const inWords = ({ url, status }: Page) => `${status} ${new URL(url).pathname}`;

function acceptance(page: Page): Came {
  return {
    outcome: 'accepted',
    detail: inWords(page),
    page: { url: bare(page.url), text: page.html.text || page.source },
  };
}

/** A page says no in its own words; a redirection to the IdP says that somebody has to log in. */
function refusal(arrival: Arrival): Came {
  if (arrival.at !== 'page') return { outcome: 'refused', detail: 'sent to log in again' };
  const { page } = arrival;
  const text = `${page.status} ${page.html.text || page.source}`;
  return { outcome: 'refused', detail: inWords(page), page: { url: bare(page.url), text } };
}

function cannot(what: string): () => Promise<never> {
  return async () => {
    throw new FailwellError('usage', `A web application cannot be told to '${what}': its users log in and open pages.`);
  };
}
