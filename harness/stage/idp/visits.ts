import { FailwellError } from '../../model/error.ts';
import type { Phase } from '../../model/history.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { AskIdp, Authorize, ClientRole, LogOut } from '../../model/step.ts';
import { type UserAgent, userAgent } from '../user-agent/user-agent.ts';
import { clientOf, requestTo } from './ask.ts';
import { type AtHand, linkOf, occasionOf } from './at-hand.ts';
import { curlTo } from './by-hand.ts';
import type { Pairs } from './changes.ts';
import { asFarAsPossible, Impossible } from './impossible.ts';
import type { Kept } from './kept.ts';
import { cameOfLogout, logOut } from './log-out.ts';
import { authorize } from './login.ts';
import { type Came, cameOf } from './outcome.ts';

/** What is kept when a step does not say under which name. */
const usualName = 'login';

/** A client's request to an endpoint of the IdP. */
export const ask = (...given: Parameters<typeof asked>): Promise<Came> => asFarAsPossible(() => asked(...given));

async function asked(
  hand: AtHand,
  step: AskIdp,
  correlation: string,
  signal: AbortSignal,
  phase: Phase,
): Promise<Came> {
  const { store, ledger } = hand;
  const of = step.of ?? usualName;
  const needs = !['client-credentials', 'token', 'discovery', 'jwks'].includes(step.what) || step.of !== undefined;
  const kept = needs ? store.get(of) : undefined;
  const client = step.client ?? kept?.client ?? 'confidential';
  mustKnow(hand, client);
  const { request, url } = requestTo(step, kept, occasionOf(hand, correlation));
  mustBeHere(hand, url);
  noted(hand, phase, request);
  const sent = (await linkOf(hand)?.send(request, { signal })) ?? { end: 'refused' as const };
  const came = cameOf(step.what, sent, signal.aborted);
  if (came.kept !== undefined) {
    const got: Kept = { ...kept, client, ...came.kept };
    store.put(step.keep ?? of, got);
    ledger?.grants.push(got);
  }
  return came;
}

/** A user's walk through the pages of the IdP, from the authorization endpoint to the client's redirect URI. */
export const logIn = (...given: Parameters<typeof walked>): Promise<Came> => asFarAsPossible(() => walked(...given));

async function walked(
  hand: AtHand,
  step: Authorize,
  correlation: string,
  signal: AbortSignal,
  phase: Phase,
): Promise<Came> {
  const { backstage, store, ledger, scope, wiring, launched } = hand;
  const { book } = backstage;
  mustKnow(hand, step.client ?? 'confidential');
  const at = occasionOf(hand, correlation);
  const keep = step.keep ?? usualName;
  const agent = browser(hand, step, at.marks);
  ledger?.browsers.push({ agent, kept: () => ledger.grants.findLast(({ state }) => state === came.kept?.state) });
  const came = await authorize({
    step,
    scope,
    occasion: at,
    user: wiring.user,
    agent,
    known: { ...store.find(keep) },
    signal,
    shown: ({ url, html, source }) => book.record({ kind: 'page', step: correlation, url, text: html.text || source }),
    begun: (request) => noted(hand, phase, request),
    browser: launched,
    // The console of a page of the IdP is nobody's log: its operator does not see it.
    log: (line) => book.record({ kind: 'log', ...line, party: 'browser' }),
  });
  if (came.kept !== undefined) store.put(keep, { client: step.client ?? 'confidential', ...came.kept });
  return came;
}

/** A user who leaves the client, and is logged out at the IdP, too (RP-Initiated Logout §2). */
export async function leave(hand: AtHand, step: LogOut, correlation: string, signal: AbortSignal): Promise<Came> {
  const { metadata, wiring: told, marks } = occasionOf(hand, correlation);
  const { client, id_token: hint = '' } = hand.store.get(step.of ?? usualName);
  const { id, postLogoutRedirectUris: [goesTo] = [] } = clientOf(told.clients, client);
  const agent = browser(hand, step, marks);
  return cameOfLogout(await logOut({ agent, metadata, hint, clientId: id, goesTo, signal }), goesTo);
}

function browser(hand: AtHand, step: Pick<Authorize, 'browser'>, marks: Pairs): UserAgent {
  const { browsers } = hand;
  const cookies = step.browser === undefined ? undefined : browsers.get(step.browser);
  const agent = userAgent({
    linkTo: ({ origin }) => (origin === hand.known?.origin ? linkOf(hand) : undefined),
    headers: () => marks,
    ...(cookies !== undefined && { cookies }),
  });
  if (step.browser !== undefined) browsers.set(step.browser, agent.cookies);
  return agent;
}

/** What is judged is what somebody may want to send again. */
function noted(hand: AtHand, phase: Phase, request: HttpRequest): void {
  const { known } = hand;
  if (phase === 'stimulus' && known !== undefined) hand.last = curlTo(known.origin, request, known.ours);
}

function mustKnow({ wiring }: AtHand, role: ClientRole): void {
  if (wiring.clients[role] === undefined) throw new Impossible(`the target's 'idp.given' names no ${role} client`);
}

function mustBeHere({ known, backstage }: AtHand, url: string): void {
  if (new URL(url).origin === known?.origin) return;
  throw new FailwellError(
    'config',
    `${backstage.target.id} names the endpoint ${url}, which is not at ${known?.origin ?? 'its URL'}: let its metadata name the URL on which it serves.`,
  );
}
