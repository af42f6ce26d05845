import type { Sent } from '../../../mocks/links/link.ts';
import type { HttpAnswer } from '../../model/http.ts';
import type { Page } from '../../model/page.ts';
import { entriesOf, submission } from './forms.ts';
import { readHtml } from './html.ts';
import type { AgentRequest, UserAgent } from './user-agent.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** Where a walk ended. */
export type Arrival =
  /** It leads away, to a place where no link leads or that `stops`; `posted` is what a form would have sent there. */
  | {
      readonly at: 'elsewhere';
      readonly url: string;
      readonly posted?: Pairs;
      readonly answer: HttpAnswer | undefined;
    }
  /** A page with which there is nothing (more) to do. */
  | { readonly at: 'page'; readonly page: Page; readonly answer: HttpAnswer }
  /** No whole answer came. */
  | { readonly at: 'nothing'; readonly sent: Sent }
  /** It leads on and on. */
  | { readonly at: 'nowhere'; readonly why: string };

/** Requests in one walk. A login with consent takes about eight. */
const most = 25;

/**
 * Follows redirections, and forms that submit themselves, until there is a decision to make, which `act` makes: the
 * request that follows, or nothing to stop there.
 */
export async function walk(options: {
  readonly agent: UserAgent;
  readonly request: AgentRequest;
  readonly signal: AbortSignal;
  /** Ends the walk before this URL is fetched. */
  readonly stops?: (url: string) => boolean;
  readonly act?: (page: Page) => AgentRequest | undefined | Promise<AgentRequest | undefined>;
}): Promise<Arrival> {
  const { agent, signal, stops = () => false, act = () => undefined } = options;
  let next = options.request;
  let answer: HttpAnswer | undefined;
  let posted: Pairs | undefined;
  const elsewhere = (url: string): Arrival => ({ at: 'elsewhere', url, answer, ...(posted && { posted }) });
  for (let count = 0; count < most; count += 1) {
    const { url } = next;
    if (count > 0 && stops(url)) return elsewhere(url);
    const sent = await agent.send(next, signal);
    if (sent === undefined) return elsewhere(url);
    posted = undefined;
    if (sent.answer === undefined || sent.end !== 'complete') return { at: 'nothing', sent };
    answer = sent.answer;
    const target = redirection(answer, url);
    if (target !== undefined) {
      const again = (answer.status === 307 || answer.status === 308) && next.method !== 'GET';
      next = again ? { ...next, url: target } : { method: next.method === 'HEAD' ? 'HEAD' : 'GET', url: target };
      continue;
    }
    const page = pageOf(answer, url);
    const [form] = page.html.forms;
    if (form !== undefined && page.html.submitsItself && page.html.forms.length === 1 && nothingToFillIn(page)) {
      posted = entriesOf(form);
      next = submission(url, form, { fields: {} });
      continue;
    }
    if (page.html.refresh !== undefined) {
      next = { method: 'GET', url: new URL(page.html.refresh, url).href };
      continue;
    }
    const chosen = await act(page);
    if (chosen === undefined) return { at: 'page', page, answer };
    const ended = await scripted(chosen.after ?? [], agent, signal);
    if (ended !== undefined) return ended;
    next = chosen;
  }
  return { at: 'nowhere', why: `still under way after ${most} requests` };
}

/** Sends what a page's script sends. Where that ended, if it did not get through. */
async function scripted(
  requests: readonly AgentRequest[],
  agent: UserAgent,
  signal: AbortSignal,
): Promise<Arrival | undefined> {
  for (const request of requests) {
    const sent = await agent.send(request, signal);
    if (sent === undefined) return { at: 'elsewhere', url: request.url, answer: undefined };
    const { answer, end } = sent;
    if (answer === undefined || end !== 'complete') return { at: 'nothing', sent };
    if (answer.status >= 400) return { at: 'page', page: pageOf(answer, request.url), answer };
  }
  return undefined;
}

const nothingToFillIn = ({ html }: Page) =>
  html.forms.every(({ fields }) => fields.every(({ type }) => type === 'hidden' || type === 'submit'));

/** Where an answer redirects to (RFC 9110 §15.4), if it does. */
function redirection({ status, headers }: HttpAnswer, from: string): string | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, from)) return undefined;
  return new URL(location, from).href;
}

function pageOf({ status, headers, body }: HttpAnswer, url: string): Page {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'text/html';
  const source = /^(?:text|application)\/(?:html|plain|json|xhtml|problem)/i.test(type.trim())
    ? new TextDecoder().decode(body)
    : '';
  return { url, status, source, html: readHtml(/html/i.test(type) ? source : '') };
}
