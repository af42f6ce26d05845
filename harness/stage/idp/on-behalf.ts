import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { Cookie } from 'tough-cookie';
import type { HttpAnswer } from '../../model/http.ts';
import type { AgentRequest, UserAgent } from '../user-agent/user-agent.ts';
import type { Arrival } from '../user-agent/walk.ts';

/** A request that the browser waits with, as far as it is used here (Chrome DevTools Protocol, Fetch.requestPaused). */
interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly urlFragment?: string;
    readonly method: string;
    readonly headers: { readonly [name: string]: string };
    readonly postData?: string;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

/** Set by the agent, which knows whose request it is; or said of a way of sending that is not the browser's. */
const agents = new Set(['host', 'user-agent', 'cookie', 'accept-encoding', 'content-length', 'connection']);

/**
 * Answers every request of a page by what the agent got for it, so that the browser itself reaches no network. A document
 * that leads away, or that does not come, is where the walk has arrived.
 */
export async function answerFor(options: {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly agent: UserAgent;
  /** What is sent for the first document. */
  readonly request: AgentRequest;
  readonly signal: AbortSignal;
  readonly stops: (url: string) => boolean;
  readonly arrived: (arrival: Arrival) => void;
}): Promise<{ last(): { readonly url: string; readonly answer: HttpAnswer } | undefined }> {
  const { page, context, agent, signal, stops, arrived } = options;
  let first: AgentRequest | undefined = options.request;
  let last: { readonly url: string; readonly answer: HttpAnswer } | undefined;
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const fails = (requestId: string, errorReason: 'Aborted' | 'BlockedByClient' | 'ConnectionClosed') =>
    session.send('Fetch.failRequest', { requestId, errorReason });

  async function answer({ requestId, frameId, resourceType, request }: Paused): Promise<void> {
    const url = request.url + (request.urlFragment ?? '');
    const isDocument = resourceType === 'Document' && frameId === frameTree.frame.id;
    const asked = isDocument ? first : undefined;
    if (isDocument) first = undefined;
    const leadsAway = (to: string) => isDocument && asked === undefined && stops(to);
    const elsewhere = (to: string) => {
      const posted = request.method === 'POST' ? [...new URLSearchParams(bodyOf(request))] : undefined;
      arrived({ at: 'elsewhere', url: to, answer: last?.answer, ...(posted && { posted }) });
    };
    if (leadsAway(url)) {
      elsewhere(url);
      await fails(requestId, 'Aborted');
      return;
    }
    if (new URL(url).pathname === '/favicon.ico') {
      // The browser's own wish, and no part of a login.
      await fails(requestId, 'Aborted');
      return;
    }
    await bringCookies(context, agent, request.url);
    const sent = await agent.send(asked ?? asAsked(request), signal);
    if (sent === undefined) {
      await fails(requestId, 'BlockedByClient');
      return;
    }
    if (sent.answer === undefined || sent.end !== 'complete') {
      if (isDocument) arrived({ at: 'nothing', sent });
      await fails(requestId, 'ConnectionClosed');
      return;
    }
    if (isDocument) last = { url, answer: sent.answer };
    const to = redirection(sent.answer, url);
    if (to !== undefined && isDocument && stops(to)) {
      arrived({ at: 'elsewhere', url: to, answer: sent.answer });
      await fails(requestId, 'Aborted');
      return;
    }
    await fulfil(session, requestId, sent.answer);
  }

  session.on('Fetch.requestPaused', (paused) => {
    // The page may be gone by then.
    void answer(paused as Paused).catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
  return { last: () => last };
}

async function fulfil(session: CDPSession, requestId: string, { status, headers, body }: HttpAnswer): Promise<void> {
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: status,
    responseHeaders: headers.map(([name, value]) => ({ name, value })),
    body: Buffer.from(body).toString('base64'),
  });
}

function asAsked(request: Paused['request']): AgentRequest {
  const headers = Object.entries(request.headers).filter(([name]) => !agents.has(name.toLowerCase()));
  return { method: request.method, url: request.url, headers, body: bodyOf(request) };
}

function bodyOf({ postData, postDataEntries }: Paused['request']): string {
  const bytes = (postDataEntries ?? []).map(({ bytes: part }) => Buffer.from(part ?? '', 'base64'));
  return bytes.length > 0 ? Buffer.concat(bytes).toString('utf8') : (postData ?? '');
}

function redirection({ status, headers }: HttpAnswer, from: string): string | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, from)) return undefined;
  return new URL(location, from).href;
}

/** What a script has written into `document.cookie` goes along, too. */
async function bringCookies(context: BrowserContext, { cookies }: UserAgent, url: string): Promise<void> {
  for (const { name, value, path, secure, httpOnly } of await context.cookies(url))
    await cookies.setCookie(new Cookie({ key: name, value, path, secure, httpOnly }), url, { ignoreError: true });
}
