import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import type { Parameters, UserSession } from '../../../harness/model/issuing.ts';
import type { Visit } from '../endpoint.ts';
import { toldInIdToken, userAccess } from '../grants/user-access.ts';
import { sessionState } from '../sessions/session-state.ts';
import { sidOf } from '../sessions/sessions.ts';
import { claimsFor } from '../sessions/users.ts';
import type { Family } from '../tokens/families.ts';
import { idToken } from '../tokens/id-token.ts';
import { reachedClass } from './assurance.ts';
import { PageError, RedirectError, type ReplyTo } from './authorization-error.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { asJwt } from './jarm.ts';
import { errorPage } from './pages.ts';
import { redirection } from './redirection.ts';
import { parts } from './response-types.ts';

/** Turns what goes wrong into a page or a redirection. */
export async function answering(visit: Visit, work: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof PageError) return errorPage(problem.message, problem.error);
    if (!(problem instanceof RedirectError)) throw problem;
    const { error, message: error_description, more, replyTo } = problem;
    return respond(replyTo, { error, error_description, ...more }, visit);
  }
}

/** What the client asked for: a code, tokens or nothing (RFC 6749 §4.1.2, OAuth 2.0 Multiple Response Types §3). */
export async function granting(
  asked: AuthorizationRequest,
  session: UserSession,
  visit: Visit,
  headers: Headers = [],
): Promise<HttpAnswer> {
  const { client, replyTo } = asked;
  const { sub, authTime, amr } = session;
  // OIDC Core §3.1.2.2.
  if ((asked.sub ?? sub) !== sub) throw new RedirectError('login_required', 'Another user is logged in', replyTo);
  const reached = reachedClass(session.acr, asked.acrs, visit);
  if (reached === undefined && asked.acrEssential)
    throw new RedirectError('unmet_authentication_requirements', 'The login reaches no acr that would do', replyTo);
  const { scope, refusal } = visit.decide({ client: client.id, sub, scope: asked.scope });
  if (refusal) throw RedirectError.of(refusal, replyTo);
  const { claims, resources, authorizationDetails } = asked;
  const login = { sid: sidOf(session), authTime, acr: reached ?? session.acr, amr };
  const extent = { scope, claims, resources, authorizationDetails };
  const family = { clientId: client.id, sub, ...login, ...extent, since: visit.now() };
  visit.sessions.joined(session, client.id);
  const openid = scope.split(' ').includes('openid');
  const parameters = {
    ...(await issued(asked, family, visit)),
    ...(openid && { session_state: sessionState(client.id, replyTo.redirectUri, session, visit.random) }),
  };
  return respond(replyTo, parameters, visit, headers);
}

/** What the response type names (OAuth 2.0 Multiple Response Types §3, OIDC Core §3.3.2.5). */
async function issued(asked: AuthorizationRequest, family: Family, visit: Visit): Promise<Parameters> {
  const { client, replyTo, responseType, nonce } = asked;
  const wanted = parts(responseType);
  const code = wanted.has('code') ? codeFor(asked, family, visit) : undefined;
  const access = wanted.has('token') ? await userAccess(family, family, { visit }) : undefined;
  const inFront = access && {
    access_token: access.access_token,
    token_type: String(access.token_type),
    expires_in: String(access.expires_in),
    scope: String(access.scope),
  };
  if (!wanted.has('id_token')) return { ...inFront, ...(code !== undefined && { code }) };
  // Without an access token there is no other way to learn what the scope names (OIDC Core §5.4).
  const user = responseType === 'id_token' ? visit.users.find(family.sub) : undefined;
  const told = { ...(user && claimsFor(user, family.scope)), ...toldInIdToken(family, visit) };
  const facts = { family, accessToken: access?.access_token, code, state: replyTo.state, nonce, told };
  return { ...inFront, ...(code !== undefined && { code }), id_token: await idToken(facts, client, visit) };
}

function codeFor(asked: AuthorizationRequest, family: Family, visit: Visit): string {
  const { replyTo, redirectUriSent, challenge, nonce, dpopJkt } = asked;
  const expires = visit.now() + visit.lifetime('code') * 1000;
  const { redirectUri } = replyTo;
  return visit.codes.issue({ family, redirectUri, redirectUriSent, challenge, nonce, dpopJkt, expires });
}

/** An authorization response: these parameters, with `state` and the issuer (RFC 9207 §2). */
async function respond(
  { client, redirectUri, mode, asJwt: wrapped, state }: ReplyTo,
  parameters: Parameters,
  visit: Visit,
  headers: Headers = [],
): Promise<HttpAnswer> {
  const all = { ...parameters, ...(state !== undefined && { state }), iss: visit.issuer };
  const response = visit.through('authorize-response', { redirectUri, mode, parameters: all });
  return redirection(wrapped ? await asJwt(response, client, visit) : response, headers);
}
