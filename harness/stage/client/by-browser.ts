import { setTimeout as after } from 'node:timers/promises';
import { launchTrusting } from '../../drivers/browser/launch.ts';
import type { WebApplication } from '../../model/client.ts';
import { FailwellError } from '../../model/error.ts';
import type { ClientWiring } from '../../model/target.ts';
import { bare } from '../user-agent/bare.ts';
import { recognise } from '../user-agent/forms.ts';
import { readHtml } from '../user-agent/html.ts';
import type { ConsoleLine, Sight, Tab } from '../user-agent/tab.ts';
import type { Came, Doer, Login, Task } from './doer.ts';
import { submitIn } from './submit.ts';
import { openTabs, type Tabs } from './tabs.ts';

type Surfing = Pick<Task, 'session' | 'signal'>;

/** Where somebody's tab came to rest. */
type Rest = Came | { readonly sight: Sight };

/** Milliseconds between two looks at a page. */
const interval = 25;

/** Starts a real browser that trusts the harness, and gets the application to do things in it. */
export async function openByBrowser(
  web: WebApplication,
  wiring: ClientWiring,
  { log, now }: { readonly log: (line: ConsoleLine) => void; readonly now: () => number },
): Promise<Doer> {
  const browser = await launchTrusting(wiring.ca.pem);
  const tabs = openTabs(browser, log, now);
  return {
    ...byBrowser(web, wiring, tabs),
    answered: tabs.answered,
    forget: () => tabs.forget(),
    async close() {
      tabs.forget();
      await tabs.closed();
      await browser[Symbol.asyncDispose]();
    },
  };
}

/**
 * Gets an application that runs in its user's browser to do things, in a real one. Whether somebody is logged in is told
 * by its own page, as soon as it says so. Whatever else it shows once none of its requests is under way is a refusal, and
 * what the user is left with. A page of the IdP, or of the browser's own, is neither yes nor no.
 */
function byBrowser(web: WebApplication, { publicUrl, redirectUri, issuer }: ClientWiring, tabs: Tabs): Doer {
  const atClient = ({ url }: Sight) => URL.canParse(url) && new URL(url).origin === new URL(publicUrl).origin;
  const atIssuer = ({ url }: Sight) => URL.canParse(url) && new URL(url).origin === new URL(issuer).origin;
  const isLoggedIn = ({ status, text }: Sight) => web.loggedIn.test(`${status} ${text}`);

  let last: { readonly path: string; readonly secrets: { readonly [name: string]: string } } | undefined;

  /** Looks at a tab until it says that its user is logged in, or will not change by itself. */
  async function rest(tab: Tab, { signal }: Surfing, login?: Pick<Login, 'user' | 'denies'>): Promise<Rest> {
    let tried = false;
    /** Where a form was sent from: until something comes of it, its page has nothing more to say. */
    let sentFrom: number | undefined;
    for (;;) {
      signal.throwIfAborted();
      const { settled, failure, moves } = tab;
      if (failure !== undefined) return { outcome: 'indeterminate', detail: `the browser got no page: ${failure}` };
      const sight = await tab.look();
      if (sight !== undefined && atClient(sight) && (isLoggedIn(sight) || settled)) return { sight };
      if (sight !== undefined && !atClient(sight) && moves !== sentFrom) {
        const mayAct = login !== undefined && atIssuer(sight) && sight.status < 400 && sight.complete;
        const recognised = mayAct
          ? recognise(readHtml(sight.html), login.user, login.denies ? 'no' : 'yes')
          : undefined;
        // A login page that comes again did not take what it was given.
        if (recognised !== undefined && !(recognised.as === 'login' && tried)) {
          tried ||= recognised.as === 'login';
          sentFrom = moves;
          await submitIn(tab.page, recognised);
        } else if (settled) return stranded(sight);
      }
      await after(interval, undefined, { signal });
    }
  }

  /** Goes to a URL as if its user had typed it. That it does not come is seen at rest. */
  async function go(tab: Tab, url: string): Promise<void> {
    await tab.page.goto(url, { waitUntil: 'commit' }).catch(() => undefined);
  }

  /** Begins a login; resolves when the user is back at the application, or stranded. */
  async function begin(tab: Tab, task: Surfing, login: Pick<Login, 'user' | 'denies'>): Promise<Rest> {
    await go(tab, publicUrl + web.login);
    return await rest(tab, task, login);
  }

  async function shown(at: Rest, tab: Tab, task: Surfing): Promise<Came> {
    if (!('sight' in at)) return at;
    if (isLoggedIn(at.sight)) return came('accepted', at.sight);
    // An error page does not prove that there is no session.
    await go(tab, publicUrl + web.page);
    const proof = await rest(tab, task);
    return came('sight' in proof && isLoggedIn(proof.sight) ? 'accepted' : 'refused', at.sight);
  }

  return {
    async logIn(task, { callback, other, ...login }) {
      last = { path: web.login, secrets: { USER_NAME: login.user.username, PASSWORD: login.user.password } };
      const tab = await tabs.of(task.session);
      if (callback === 'of-other-session') {
        const theirs = await tabs.of(other.session);
        const caught = (at: Tab, user: Login['user']) =>
          interceptedResponse(at, redirectUri, task.signal, (signal) =>
            begin(at, { ...task, signal }, { ...login, user }),
          );
        const response = await caught(theirs, other.user);
        const own = await caught(tab, login.user);
        if (typeof response !== 'string') return await shown(response, theirs, task);
        if (typeof own !== 'string') return await shown(own, tab, task);
        await go(tab, response);
        return await shown(await rest(tab, task), tab, task);
      }
      const first = await shown(await begin(tab, task, login), tab, task);
      const response = tab.ledTo(redirectUri);
      if (callback !== 'twice' || first.outcome !== 'accepted' || response === undefined) return first;
      await go(tab, response);
      return await shown(await rest(tab, task), tab, task);
    },
    async openPage(task) {
      last = { path: web.page, secrets: {} };
      const tab = await tabs.of(task.session);
      await go(tab, publicUrl + web.page);
      const at = await rest(tab, task);
      return 'sight' in at ? came(isLoggedIn(at.sight) ? 'accepted' : 'refused', at.sight) : at;
    },
    obtainToken: cannot('obtain-token'),
    refresh: cannot('refresh'),
    byHand: () => last && { how: 'browser', line: publicUrl + last.path, secrets: last.secrets },
  };
}

/**
 * Keeps the response from the application: its URL, or where the user was left before there was one. A browser follows a
 * redirection by itself, which only its debugging protocol can stop.
 */
async function interceptedResponse(
  { page }: Tab,
  redirectUri: string,
  signal: AbortSignal,
  login: (signal: AbortSignal) => Promise<Rest>,
): Promise<string | Rest> {
  const caught = Promise.withResolvers<string>();
  const stop = new AbortController();
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    caught.resolve(request.url + (request.urlFragment ?? ''));
    void session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${redirectUri}*`, requestStage: 'Request' }] });
  try {
    return await Promise.race([caught.promise, login(AbortSignal.any([signal, stop.signal]))]);
  } finally {
    stop.abort();
    await session.detach();
  }
}

function came(outcome: 'accepted' | 'refused', { url, status, text }: Sight): Came {
  if (text.trim() === '') return { outcome: 'indeterminate', detail: 'the page is blank' };
  return { outcome, detail: `${status} ${new URL(url).pathname}`, page: { url: bare(url), text } };
}

function stranded({ url, status, text }: Sight): Came {
  const said = text.replaceAll(/\s+/g, ' ').slice(0, 200);
  const detail = `the user was left at ${bare(url)}: ${status} ${said}`;
  return { outcome: 'indeterminate', detail, page: { url: bare(url), text, party: 'idp' } };
}

function cannot(what: string): () => Promise<never> {
  return async () => {
    throw new FailwellError('usage', `A web application cannot be told to '${what}': its users log in and open pages.`);
  };
}
