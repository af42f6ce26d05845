import { CookieJar } from 'tough-cookie';
import type { OpenLink, Sent } from '../../../mocks/links/link.ts';
import type { Headers } from '../../model/http.ts';

/** A request as a person's browser makes it. */
export interface AgentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Headers;
  readonly body?: string;
  /** What the script of the page sends first; the first error status ends it. */
  readonly after?: readonly AgentRequest[];
}

/** A browser without a script engine: it keeps cookies (RFC 6265) and goes through the links. */
export interface UserAgent {
  readonly cookies: CookieJar;
  /** Sends one request with its cookies and keeps those that come. Follows nothing. `undefined`: no link leads there. */
  send(request: AgentRequest, signal: AbortSignal): Promise<Sent | undefined>;
}

/**
 * @param linkTo the link that leads to an origin, if one does
 * @param headers go with a request to this URL
 */
export function userAgent(options: {
  readonly linkTo: (url: URL) => Pick<OpenLink, 'send'> | undefined;
  readonly headers: (url: URL) => Headers;
  readonly cookies?: CookieJar;
}): UserAgent {
  const { linkTo, cookies = new CookieJar() } = options;
  return {
    cookies,
    async send({ method, url: to, headers = [], body }, signal) {
      const url = new URL(to);
      const link = linkTo(url);
      if (link === undefined) return undefined;
      const accepts = headers.some(([name]) => name.toLowerCase() === 'accept');
      const cookie = await cookies.getCookieString(to);
      const sent = await link.send(
        {
          method,
          path: url.pathname + url.search,
          headers: [
            ...(accepts ? [] : [['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'] as const]),
            ...options.headers(url),
            ...headers,
            ...(cookie === '' ? [] : [['Cookie', cookie] as const]),
          ],
          body: new TextEncoder().encode(body ?? ''),
        },
        { signal },
      );
      for (const [name, value] of sent.answer?.headers ?? [])
        if (name.toLowerCase() === 'set-cookie') await cookies.setCookie(value, to, { ignoreError: true });
      return sent;
    },
  };
}
