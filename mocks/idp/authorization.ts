import type { Headers, HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import { methodNotAllowed } from './answer.ts';
import { type AuthorizationRequest, authorizationRequest, PageError, RedirectError } from './authorization-request.ts';
import { setCookie } from './cookies.ts';
import type { EndpointHandler, Visit } from './endpoint.ts';
import { consentPage, errorPage, html, loginPage } from './pages.ts';
import { redirection } from './redirection.ts';
import type { Session } from './sessions.ts';
import { hinted } from './users.ts';

/** The authorization endpoint (RFC 6749 §4.1.1, OIDC Core §3.1.2). */
export const authorization: EndpointHandler = (request, visit) => {
  if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST');
  return answering(visit, () => begin(authorizationRequest(request, visit), request, visit));
};

/** Turns what goes wrong into a page or a redirection. Every redirection names the issuer (RFC 9207 §2). */
export function answering({ issuer }: Visit, work: () => HttpAnswer): HttpAnswer {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof PageError) return errorPage(problem.message);
    if (!(problem instanceof RedirectError)) throw problem;
    const { error, message: error_description, replyTo } = problem;
    return redirection(replyTo, { error, error_description, state: replyTo.state, iss: issuer });
  }
}

/** With what is known of the user before anything is asked (OIDC Core §3.1.2.3). */
function begin(asked: AuthorizationRequest, request: HttpRequest, visit: Visit): HttpAnswer {
  const { prompt, maxAge, loginHint } = asked;
  const session = visit.sessions.of(request);
  // `max_age=0` is `prompt=login`, even within the second.
  const stale = session && maxAge !== undefined && (maxAge === 0 || visit.now() / 1000 - session.authTime > maxAge);
  if (session && !stale && !prompt.includes('login') && !prompt.includes('select_account'))
    return loggedIn(asked, session, request, visit);
  if (prompt.includes('none')) throw new RedirectError('login_required', 'Nobody is logged in', asked.replyTo);
  if (!visit.autoLogin) return askLogin(asked, request, visit, loginHint ? { username: loginHint } : {});
  const user = (loginHint && hinted(visit.users, loginHint)) || visit.users[0];
  const started = visit.sessions.start(user, visit.now());
  return granting(asked, started, visit, sessionCookie(started, visit));
}

/** A user is there; what is left is consent, if the client wants it asked for. */
export function loggedIn(
  asked: AuthorizationRequest,
  session: Session,
  request: HttpRequest,
  visit: Visit,
  headers: Headers = [],
): HttpAnswer {
  if (!asked.prompt.includes('consent') || visit.autoLogin) return granting(asked, session, visit, headers);
  const { form, cookies } = waiting(asked, 'consent', request, visit);
  return html(200, consentPage(form, asked.client.id, asked.scope), [...headers, ...cookies]);
}

export function askLogin(
  asked: AuthorizationRequest,
  request: HttpRequest,
  visit: Visit,
  shown: { username?: string; alert?: string },
): HttpAnswer {
  const { form, cookies } = waiting(asked, 'login', request, visit);
  return html(shown.alert ? 400 : 200, loginPage(form, asked.client.id, shown), cookies);
}

/** An authorization code for the client (RFC 6749 §4.1.2). */
export function granting(
  { client, replyTo, redirectUriSent, scope, challenge, nonce, acr }: AuthorizationRequest,
  { user, authTime, amr }: Session,
  { codes, codeLifetime, issuer, now }: Visit,
  headers: Headers = [],
): HttpAnswer {
  const family = { clientId: client.id, sub: user.sub, scope, authTime, acr, amr, since: now() };
  const expires = now() + codeLifetime * 1000;
  const { redirectUri, state } = replyTo;
  const code = codes.issue({ family, redirectUri, redirectUriSent, challenge, nonce, expires });
  return redirection(replyTo, { code, state, iss: issuer }, headers);
}

export const sessionCookie = ({ id }: Session, { issuer, sessions }: Visit) => setCookie(issuer, sessions.cookie, id);

/** The request is put by until the user has answered the page. */
function waiting(asked: AuthorizationRequest, asks: 'login' | 'consent', request: HttpRequest, visit: Visit) {
  const { interactions, issuer, interactionUrl } = visit;
  const browser = interactions.browser(request);
  const form = { action: interactionUrl, interaction: interactions.open({ request: asked, asks, browser }) };
  return { form, cookies: setCookie(issuer, interactions.cookie, browser) };
}
