import { CookieJar } from 'tough-cookie';
import { Agent } from 'undici';
import { formsOf, type PageForm, postsItself, textOf } from './forms.ts';

/** What a browser sends when it is led somewhere. */
export interface Navigation {
  readonly method: string;
  readonly url: string;
  /** A form, encoded. */
  readonly body?: string;
}

/** What a browser shows when nothing leads it on. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** Without markup. */
  readonly text: string;
  readonly forms: readonly PageForm[];
}

/** Where a walk ended: at a page, or before a request that was to be seen first. */
export type Walked =
  | { readonly page: Page; readonly before?: undefined }
  | { readonly page?: undefined; readonly before: Navigation };

export interface Walk {
  readonly signal: AbortSignal;
  /** Whether to stop before this request. */
  stopBefore?(navigation: Navigation): boolean;
  /** What a person does at a page: sends one of its forms. Without an answer the walk ends there. */
  atPage?(page: Page): Navigation | undefined;
}

/** A person's browser, with cookies of its own. */
export interface Browser extends AsyncDisposable {
  /**
   * Goes where it is led: along redirects, forms that post themselves, and what `atPage` says. Rejects with the error of
   * the wire when a request gets no whole answer, and when it is led round in circles.
   */
  walk(start: Navigation, options: Walk): Promise<Walked>;
}

/** As long as a browser would (Fetch Standard §4.4: twenty redirects), and a few pages. */
const longestWalk = 25;

/**
 * A user agent that knows no scripts but those that post a form.
 * @param ca PEM of the authority to trust
 * @param whereIs the origin at which an origin is reached, where that is another one
 */
export function createBrowser(ca: string, whereIs: (origin: string) => string): Browser {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });
  const agent = new Agent({ allowH2: false, connect: { ca, timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 });

  async function request({ method, url, body }: Navigation, from: string | undefined, signal: AbortSignal) {
    const { origin, host, pathname, search } = new URL(url);
    const cookie = await jar.getCookieString(url);
    const {
      statusCode,
      headers,
      body: answer,
    } = await agent.request({
      origin: whereIs(origin),
      path: pathname + search,
      method: method as 'GET',
      headers: {
        host,
        accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8',
        'accept-language': 'en',
        'user-agent': 'Mozilla/5.0 (Failwell)',
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(from !== undefined && method !== 'GET' && { origin: from }),
      },
      ...(body !== undefined && { body }),
      signal,
    });
    const text = await answer.text();
    for (const set of [headers['set-cookie'] ?? []].flat()) await jar.setCookie(set, url, { ignoreError: true });
    const location = headers.location;
    return { status: statusCode, location: typeof location === 'string' ? location : undefined, text };
  }

  return {
    async walk(start, { signal, stopBefore, atPage }) {
      let next = start;
      let from: string | undefined;
      for (let steps = 0; steps < longestWalk; steps += 1) {
        if (stopBefore?.(next)) return { before: next };
        const { status, location, text } = await request(next, from, signal);
        from = new URL(next.url).origin;
        if (status >= 300 && status < 400 && location !== undefined) {
          next = redirected(next, status, new URL(location, next.url).href);
          continue;
        }
        const page = { url: next.url, status, html: text, text: textOf(text), forms: formsOf(text, next.url) };
        const [own] = page.forms;
        const on = own !== undefined && postsItself(text) ? filled(own, {}) : atPage?.(page);
        if (on === undefined) return { page };
        next = on;
      }
      throw new Error(`led on ${longestWalk} times without coming to a page, last to ${new URL(next.url).pathname}`);
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

/** RFC 9110 §15.4: only 307 and 308 keep the method. */
function redirected({ method, body }: Navigation, status: number, url: string): Navigation {
  if (status === 307 || status === 308) return { method, url, ...(body !== undefined && { body }) };
  return { method: 'GET', url };
}

/** The request that a form makes, with these values in place of its own. */
export function filled(
  { method, action, fields, buttons }: PageForm,
  values: { readonly [name: string]: string },
  button?: PageForm['buttons'][number],
): Navigation {
  const pairs = fields.map(({ name, value }): [string, string] => [name, values[name] ?? value]);
  const click = button ?? (buttons.length === 1 ? buttons[0] : undefined);
  if (click?.name !== undefined) pairs.push([click.name, click.value]);
  const body = new URLSearchParams(pairs).toString();
  if (method === 'POST') return { method, url: action, body };
  const url = new URL(action);
  url.search = body;
  return { method: 'GET', url: url.href };
}
