import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import { PageError, RedirectError } from '../authorization/authorization-error.ts';
import type { AuthorizationRequest } from '../authorization/authorization-request.ts';
import { answering, granting } from '../authorization/authorization-response.ts';
import type { Interaction } from '../authorization/interactions.ts';
import { sessionCookie, startSession, userOf } from '../authorization/login.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { methodNotAllowed, Refusal } from '../http/answer.ts';
import { type Form, form } from '../http/form.ts';
import { askLogin, loggedIn } from './authorization.ts';

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
      return asks === 'login' ? logIn(asked, fields, request, visit) : consent(answered, fields, request, visit);
    });
  },
};

function logIn(
  asked: AuthorizationRequest,
  fields: Form,
  request: HttpRequest,
  visit: Visit,
): HttpAnswer | Promise<HttpAnswer> {
  const user = userOf(fields, visit.users);
  if (!user) {
    const username = fields.get('username') ?? '';
    return askLogin(asked, request, visit, { username, alert: 'User name or password is wrong.' });
  }
  const session = startSession(user, request, visit, asked.acrs[0]);
  return loggedIn(asked, session, request, visit, sessionCookie(session, visit));
}

function consent(
  { request: asked, session: asks }: Interaction,
  fields: Form,
  request: HttpRequest,
  visit: Visit,
): HttpAnswer | Promise<HttpAnswer> {
  const session = visit.session(request);
  if (!session) return askLogin(asked, request, visit, {});
  // Only the user who was asked can say yes: another one may have logged in meanwhile.
  if (fields.get('decision') === 'allow' && session.id === asks) return granting(asked, session, visit);
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
