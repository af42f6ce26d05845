import type { Headers, HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import { reachedClass } from '../authorization/assurance.ts';
import { RedirectError } from '../authorization/authorization-error.ts';
import { type AuthorizationRequest, authorizationRequest, prompts } from '../authorization/authorization-request.ts';
import { answering, granting } from '../authorization/authorization-response.ts';
import type { Interaction } from '../authorization/interactions.ts';
import { sessionCookie, startSession } from '../authorization/login.ts';
import { consentPage, html, loginPage } from '../authorization/pages.ts';
import { requestObjectAlgorithms } from '../authorization/request-object.ts';
import { responseModes } from '../authorization/response-modes.ts';
import { offeredResponseTypes } from '../authorization/response-types.ts';
import { receivedRequest } from '../authorization/sent-request.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { methodNotAllowed } from '../http/answer.ts';
import { setCookie } from '../http/cookies.ts';
import { contentEncryptions, encryptionAlgorithms } from '../tokens/encryption.ts';
import { clientAlgorithms } from '../tokens/signing.ts';

/** The authorization endpoint (RFC 6749 §4.1.1, OIDC Core §3.1.2). */
export const authorization: EndpointDefinition = {
  name: 'authorization',
  paths: (base) => [`${base}/authorize`],
  answers: 'authorize-answer',
  handle(request, visit) {
    if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST');
    return answering(visit, async () =>
      begin(await authorizationRequest(await receivedRequest(request, visit), visit), request, visit),
    );
  },
  metadata: (household) => ({
    authorization_endpoint: household.endpoints.authorization,
    response_types_supported: offeredResponseTypes(household),
    response_modes_supported: responseModes,
    code_challenge_methods_supported: household.challengeMethods,
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: prompts,
    acr_values_supported: household.acrs,
    claims_parameter_supported: true,
    request_parameter_supported: true,
    // A pushed one is always understood; this is about those that the IdP fetches (OIDC Core §6.2).
    request_uri_parameter_supported: household.call !== undefined,
    require_request_uri_registration: true,
    require_signed_request_object: household.requires.signed,
    request_object_signing_alg_values_supported: requestObjectAlgorithms,
    authorization_signing_alg_values_supported: clientAlgorithms,
    authorization_encryption_alg_values_supported: encryptionAlgorithms,
    authorization_encryption_enc_values_supported: contentEncryptions,
    ...(household.authorizationDetailsTypes.length > 0 && {
      authorization_details_types_supported: household.authorizationDetailsTypes,
    }),
  }),
};

/** With what is known of the user before anything is asked (OIDC Core §3.1.2.3). */
async function begin(asked: AuthorizationRequest, request: HttpRequest, visit: Visit): Promise<HttpAnswer> {
  const { prompt, maxAge, loginHint, sub } = asked;
  const session = visit.session(request);
  // `max_age=0` is `prompt=login`, even within the second.
  const stale = session && maxAge !== undefined && (maxAge === 0 || visit.now() / 1000 - session.authTime > maxAge);
  const fits =
    session && (sub ?? session.sub) === session.sub && reachedClass(session.acr, asked.acrs, visit) !== undefined;
  if (session && fits && !stale && !prompt.includes('login') && !prompt.includes('select_account'))
    return loggedIn(asked, session, request, visit);
  if (prompt.includes('none'))
    throw new RedirectError('login_required', 'Nobody is logged in as it must be', asked.replyTo);
  const meant = sub === undefined ? undefined : visit.users.find(sub);
  if (sub !== undefined && !meant) throw new RedirectError('login_required', 'That user is not there', asked.replyTo);
  const username = meant?.username ?? loginHint;
  if (!visit.autoLogin) return askLogin(asked, request, visit, username ? { username } : {});
  const user = meant ?? ((loginHint && visit.users.hinted(loginHint)) || visit.users.first());
  const started = startSession(user, request, visit, asked.acrs[0]);
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
  const { form, cookies } = waiting({ request: asked, asks: 'consent', session: session.id }, request, visit);
  const types = (asked.authorizationDetails ?? []).map(({ type }) => String(type));
  const wanted = [...asked.scope.split(' ').filter(Boolean), ...types];
  return html(200, consentPage(form, asked.client.id, wanted), [...headers, ...cookies]);
}

export function askLogin(
  asked: AuthorizationRequest,
  request: HttpRequest,
  visit: Visit,
  shown: { username?: string; alert?: string },
): HttpAnswer {
  const { form, cookies } = waiting({ request: asked, asks: 'login' }, request, visit);
  return html(shown.alert ? 400 : 200, loginPage(form, asked.client.id, shown), cookies);
}

/** The request is put by until the user has answered the page. */
function waiting(interaction: Omit<Interaction, 'browser'>, request: HttpRequest, visit: Visit) {
  const { interactions, issuer, endpoints } = visit;
  const browser = interactions.browser(request);
  const action = `${endpoints.authorization}/interaction`;
  const form = { action, interaction: interactions.open({ ...interaction, browser }) };
  return { form, cookies: setCookie(issuer, interactions.cookie, browser) };
}
