import type { Headers, HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import type { Visit } from '../endpoint.ts';
import { cookieName, setCookie, setReadableCookie } from '../http/cookies.ts';
import type { Form } from '../http/form.ts';
import { browserState } from '../sessions/session-state.ts';
import type { User, Users } from '../sessions/users.ts';

/** The user whose name and password these are. */
export function userOf(fields: Form, users: Users): User | undefined {
  const user = users.named(fields.get('username') ?? '');
  return user?.password !== undefined && user.password === fields.get('password') ? user : undefined;
}

/** A new session for each login, so that nobody can prepare one for somebody else. */
export function startSession(
  user: User,
  request: HttpRequest,
  { sessions, now, acrs }: Visit,
  acr = acrs[0],
): UserSession {
  return sessions.start(user, now(), acr, sessions.of(request));
}

/** What a browser keeps of a login, and how its pages notice that it ended (OpenID Connect Session Management §3). */
export const sessionCookie = (session: UserSession, { issuer, sessions }: Visit): Headers => [
  ...setCookie(issuer, sessions.cookie, session.id),
  ...setReadableCookie(issuer, cookieName(issuer, 'state'), browserState(session)),
];
