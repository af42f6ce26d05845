import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import { PageError } from '../authorization/authorization-error.ts';
import { answering } from '../authorization/authorization-response.ts';
import { html } from '../authorization/pages.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { methodNotAllowed } from '../http/answer.ts';
import { clearCookie, cookieName, setCookie } from '../http/cookies.ts';
import { logOut } from '../sessions/logout.ts';
import { confirmPage, goodbye } from '../sessions/logout-pages.ts';
import { filledIn, isDoubtful, type LogoutRequest, logoutRequest } from '../sessions/logout-request.ts';

/** Where clients send the browser to log out (OpenID Connect RP-Initiated Logout 1.0 §2). */
export const endSession: EndpointDefinition = {
  name: 'end-session',
  paths: (base) => [`${base}/logout`],
  answers: 'end-session-answer',
  handle(request, visit) {
    if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST');
    return answering(visit, async () => {
      const asked = await logoutRequest(request, visit);
      const session = visit.session(request);
      if (!session) return goodbye('You are logged out', [], asked.redirectTo, []);
      return isDoubtful(asked, session, visit) ? ask(asked, session, request, visit) : end(asked, session, visit);
    });
  },
  metadata: ({ endpoints, call }) => ({
    end_session_endpoint: endpoints['end-session'],
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    backchannel_logout_supported: call !== undefined,
    backchannel_logout_session_supported: call !== undefined,
  }),
};

/** What the page that asks sends. */
export const logoutConfirmation: EndpointDefinition = {
  name: 'end-session',
  paths: (base) => [`${base}/logout/confirm`],
  answers: 'end-session-answer',
  handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    return answering(visit, () => {
      const fields = filledIn(request);
      const answered = visit.logouts.close(fields.get('interaction') ?? '', request);
      if (!answered) throw new PageError('This page has been answered already, or was never yours: start again');
      const { request: asked } = answered;
      if (asked.client) visit.about.client = asked.client.id;
      const session = visit.session(request);
      if (session && fields.get('decision') === 'log-out') return end(asked, session, visit);
      return goodbye(session ? 'You are still logged in' : 'You are logged out', [], asked.redirectTo, []);
    });
  },
};

function ask(asked: LogoutRequest, session: UserSession, request: HttpRequest, visit: Visit): HttpAnswer {
  const { logouts, issuer, endpoints, users } = visit;
  const browser = logouts.browser(request);
  const form = {
    action: `${endpoints['end-session']}/confirm`,
    interaction: logouts.open({ request: asked, browser }),
  };
  const name = users.find(session.sub)?.username ?? session.sub;
  return html(200, confirmPage(form, asked.client?.id, name), setCookie(issuer, logouts.cookie, browser));
}

async function end(asked: LogoutRequest, session: UserSession, visit: Visit): Promise<HttpAnswer> {
  const { issuer, sessions } = visit;
  const frames = await logOut(session, visit);
  const forgotten = [...clearCookie(issuer, sessions.cookie), ...clearCookie(issuer, cookieName(issuer, 'state'))];
  return goodbye('You are logged out', frames, asked.redirectTo, forgotten);
}
