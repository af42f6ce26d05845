import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import { methodNotAllowed, Refusal } from '../answer.ts';
import { type AuthorizationRequest, PageError, RedirectError } from '../authorization-request.ts';
import { answering, granting } from '../authorization-response.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { type Form, form } from '../form.ts';
import { askLogin, loggedIn, sessionCookie } from './authorization.ts';

/** What the login and the consent page send. */
export const interaction: EndpointDefinition = {
  name: 'authorization',
  paths: (base) => [`${base}/authorize/interaction`],
  answers: 'authorize-answer',
  handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    return answering(visit, () => {
      const fields = filledIn(request);
      const answered = visit.interactions.close(fields.get('interaction') ?? '', request);
      if (!answered) throw new PageError('This page has been answered already, or was never yours: start again');
      const { request: asked, asks } = answered;
      visit.about.client = asked.client.id;
      if (fields.get('decision') === 'deny')
        throw new RedirectError('access_denied', 'The user said no', asked.replyTo);
      return asks === 'login' ? logIn(asked, fields, request, visit) : consent(asked, fields, request, visit);
    });
  },
};

function logIn(
  asked: AuthorizationRequest,
  fields: Form,
  request: HttpRequest,
  visit: Visit,
): HttpAnswer | Promise<HttpAnswer> {
  const { users, sessions, now } = visit;
  const username = fields.get('username') ?? '';
  const user = users.named(username);
  if (user?.password === undefined || user.password !== fields.get('password'))
    return askLogin(asked, request, visit, { username, alert: 'User name or password is wrong.' });
  // A new session for each login, so that nobody can prepare one for somebody else.
  const former = sessions.of(request);
  if (former) sessions.end(former.id);
  const session = sessions.start(user, now(), visit.acrs[0]);
  return loggedIn(asked, session, request, visit, sessionCookie(session, visit));
}

function consent(
  asked: AuthorizationRequest,
  fields: Form,
  request: HttpRequest,
  visit: Visit,
): HttpAnswer | Promise<HttpAnswer> {
  const session = visit.session(request);
  if (!session) return askLogin(asked, request, visit, {});
  if (fields.get('decision') === 'allow') return granting(asked, session, visit);
  return loggedIn(asked, session, request, visit);
}

function filledIn(request: HttpRequest): Form {
  try {
    return form(request);
  } catch (problem) {
    if (problem instanceof Refusal) throw new PageError(problem.message);
    throw problem;
  }
}
