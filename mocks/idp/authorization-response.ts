import type { Headers, HttpAnswer } from '../../harness/model/http.ts';
import type { UserSession } from '../../harness/model/issuing.ts';
import { type AuthorizationRequest, PageError, RedirectError, type ReplyTo } from './authorization-request.ts';
import type { Visit } from './endpoint.ts';
import { errorPage } from './pages.ts';
import { redirection } from './redirection.ts';

/** Turns what goes wrong into a page or a redirection. */
export async function answering(visit: Visit, work: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof PageError) return errorPage(problem.message);
    if (!(problem instanceof RedirectError)) throw problem;
    const { error, message: error_description, more, replyTo } = problem;
    return respond(replyTo, { error, error_description, ...more }, visit);
  }
}

/** An authorization code for the client (RFC 6749 §4.1.2). */
export async function granting(
  asked: AuthorizationRequest,
  session: UserSession,
  visit: Visit,
  headers: Headers = [],
): Promise<HttpAnswer> {
  const { client, replyTo, redirectUriSent, challenge, nonce } = asked;
  const { sub, authTime, amr } = session;
  const { scope, refusal } = visit.decide({ client: client.id, sub, scope: asked.scope });
  if (refusal) throw RedirectError.of(refusal, replyTo);
  const family = { clientId: client.id, sub, scope, authTime, acr: asked.acr ?? session.acr, amr, since: visit.now() };
  const expires = visit.now() + visit.lifetime('code') * 1000;
  const { redirectUri } = replyTo;
  const code = visit.codes.issue({ family, redirectUri, redirectUriSent, challenge, nonce, expires });
  return respond(replyTo, { code }, visit, headers);
}

/** An authorization response: these parameters, with `state` and the issuer (RFC 9207 §2). */
async function respond(
  { redirectUri, mode, state }: ReplyTo,
  parameters: { readonly [name: string]: string },
  visit: Visit,
  headers: Headers = [],
): Promise<HttpAnswer> {
  const all = { ...parameters, ...(state !== undefined && { state }), iss: visit.issuer };
  return redirection(visit.through('authorize-response', { redirectUri, mode, parameters: all }), headers);
}
