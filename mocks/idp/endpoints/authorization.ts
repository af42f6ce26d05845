import type { Headers, HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import { methodNotAllowed } from '../answer.ts';
import {
  type AuthorizationRequest,
  authorizationRequest,
  parametersOf,
  prompts,
  RedirectError,
} from '../authorization-request.ts';
import { answering, granting } from '../authorization-response.ts';
import { setCookie } from '../cookies.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { consentPage, html, loginPage } from '../pages.ts';
import { responseModes } from '../redirection.ts';

/** The authorization endpoint (RFC 6749 §4.1.1, OIDC Core §3.1.2). */
export const authorization: EndpointDefinition = {
  name: 'authorization',
  paths: (base) => [`${base}/authorize`],
  answers: 'authorize-answer',
  handle(request, visit) {
    if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST');
    return answering(visit, () => begin(authorizationRequest(parametersOf(request, visit), visit), request, visit));
  },
  metadata: ({ endpoints, challengeMethods, acrs }) => ({
    authorization_endpoint: endpoints.authorization,
    response_types_supported: ['code'],
    response_modes_supported: responseModes,
    code_challenge_methods_supported: challengeMethods,
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: prompts,
    acr_values_supported: acrs,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  }),
};

/** With what is known of the user before anything is asked (OIDC Core §3.1.2.3). */
async function begin(asked: AuthorizationRequest, request: HttpRequest, visit: Visit): Promise<HttpAnswer> {
  const { prompt, maxAge, loginHint } = asked;
  const session = visit.session(request);
  // `max_age=0` is `prompt=login`, even within the second.
  const stale = session && maxAge !== undefined && (maxAge === 0 || visit.now() / 1000 - session.authTime > maxAge);
  if (session && !stale && !prompt.includes('login') && !prompt.includes('select_account'))
    return loggedIn(asked, session, request, visit);
  if (prompt.includes('none')) throw new RedirectError('login_required', 'Nobody is logged in', asked.replyTo);
  if (!visit.autoLogin) return askLogin(asked, request, visit, loginHint ? { username: loginHint } : {});
  const user = (loginHint && visit.users.hinted(loginHint)) || visit.users.first();
  const started = visit.sessions.start(user, visit.now(), visit.acrs[0]);
  return granting(asked, started, visit, sessionCookie(started, visit));
}

/** A user is there; what is left is consent, if the client wants it asked for. */
export async function loggedIn(
  asked: AuthorizationRequest,
  session: UserSession,
  request: HttpRequest,
  visit: Visit,
  headers: Headers = [],
): Promise<HttpAnswer> {
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

export const sessionCookie = ({ id }: UserSession, { issuer, sessions }: Visit) =>
  setCookie(issuer, sessions.cookie, id);

/** The request is put by until the user has answered the page. */
function waiting(asked: AuthorizationRequest, asks: 'login' | 'consent', request: HttpRequest, visit: Visit) {
  const { interactions, issuer, endpoints } = visit;
  const browser = interactions.browser(request);
  const action = `${endpoints.authorization}/interaction`;
  const form = { action, interaction: interactions.open({ request: asked, asks, browser }) };
  return { form, cookies: setCookie(issuer, interactions.cookie, browser) };
}
