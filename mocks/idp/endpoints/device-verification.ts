import type { Headers, HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import type { DeviceInteraction } from '../authorization/interactions.ts';
import { sessionCookie, startSession, userOf } from '../authorization/login.ts';
import { errorPage, html, loginPage, type PageForm } from '../authorization/pages.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { methodNotAllowed, Refusal } from '../http/answer.ts';
import { setCookie } from '../http/cookies.ts';
import { type Form, form, queryOf } from '../http/form.ts';
import { approve, deny, isOpen } from '../other-device/approval.ts';
import { codePage, devicePage, donePage, waitPage } from '../other-device/device-pages.ts';
import type { Pending } from '../other-device/pending.ts';
import { verificationUriOf } from './device-authorization.ts';

/**
 * The verification URI (RFC 8628 §3.3): the user logs in, enters the code, and decides. What a client asks this very user
 * (CIBA Core §8) needs no code.
 */
export const deviceVerification: EndpointDefinition = {
  name: 'device-authorization',
  paths: (base) => [`${base}/device`],
  handle(request, visit) {
    if (request.method === 'GET') return arrived(request, visit);
    if (request.method !== 'POST') return methodNotAllowed('GET, POST');
    return answered(request, visit);
  },
};

function arrived(request: HttpRequest, visit: Visit): HttpAnswer | Promise<HttpAnswer> {
  const userCode = new URLSearchParams(queryOf(request)).get('user_code') || undefined;
  const session = visit.session(request);
  if (session || !visit.autoLogin) return next(userCode, session, request, visit);
  const started = startSession(visit.users.first(), request, visit);
  return next(userCode, started, request, visit, sessionCookie(started, visit));
}

function answered(request: HttpRequest, visit: Visit): HttpAnswer | Promise<HttpAnswer> {
  const fields = filledIn(request);
  const asked = fields && visit.deviceInteractions.close(fields.get('interaction') ?? '', request);
  if (!asked) return errorPage('This page has been answered already, or was never yours: start again');
  const { asks, userCode, about = '' } = asked;
  if (asks === 'login') return logIn(userCode, fields, request, visit);
  const session = visit.session(request);
  if (asks === 'code') return next(fields.get('user_code'), session, request, visit);
  const decision = fields.get('decision');
  const pending = visit.pending.find(about);
  // Somebody else may have logged in meanwhile.
  const may = session && pending && isOpen(pending, visit) && (pending.request.sub ?? session.sub) === session.sub;
  return may && (decision === 'allow' || decision === 'deny')
    ? decided(decision, pending, session, visit)
    : next(userCode, session, request, visit);
}

function logIn(userCode: string | undefined, fields: Form, request: HttpRequest, visit: Visit) {
  if (fields.get('decision') === 'deny') return html(200, donePage('Nothing was allowed.'));
  const user = userOf(fields, visit.users);
  if (!user) return askLogin(userCode, request, visit, fields.get('username') ?? '');
  const session = startSession(user, request, visit);
  return next(userCode, session, request, visit, sessionCookie(session, visit));
}

/** Whatever is still to be asked. */
function next(
  userCode: string | undefined,
  session: UserSession | undefined,
  request: HttpRequest,
  visit: Visit,
  headers: Headers = [],
): HttpAnswer | Promise<HttpAnswer> {
  if (!session) return askLogin(userCode, request, visit);
  const ask = (status: number, interaction: Asked, text: (form: PageForm) => string) => {
    const { form, cookies } = waiting({ userCode, ...interaction }, request, visit);
    return html(status, text(form), [...headers, ...cookies]);
  };
  const { guesses, now, autoLogin } = visit;
  if (userCode === undefined) {
    const own = visit.pending.list().find((each) => each.request.sub === session.sub && isOpen(each, visit));
    return own
      ? ask(200, { asks: 'decision', about: own.id }, (form) => devicePage(form, own))
      : ask(200, { asks: 'code' }, (form) => codePage(form));
  }
  const seconds = guesses.wait(session.sub, now());
  if (seconds > 0) return html(429, waitPage(seconds), [['retry-after', `${seconds}`]]);
  const pending = visit.pending.named(userCode);
  if (!pending || !isOpen(pending, visit)) {
    guesses.wrong(session.sub, now());
    return ask(400, { asks: 'code' }, (form) => codePage(form, 'The code is unknown, was used or has expired.'));
  }
  if (autoLogin) return decided('allow', pending, session, visit, headers);
  return ask(200, { asks: 'decision', about: pending.id }, (form) => devicePage(form, pending));
}

type Asked = Pick<DeviceInteraction, 'asks' | 'about'>;

async function decided(
  decision: 'allow' | 'deny',
  pending: Pending,
  session: UserSession,
  visit: Visit,
  headers: Headers = [],
): Promise<HttpAnswer> {
  const allowed = decision === 'allow';
  await (allowed ? approve(pending, session, visit) : deny(pending, visit));
  return html(200, donePage(allowed ? 'Access is allowed.' : 'Access is denied.'), headers);
}

function askLogin(userCode: string | undefined, request: HttpRequest, visit: Visit, username?: string): HttpAnswer {
  const { form, cookies } = waiting({ asks: 'login', userCode }, request, visit);
  const shown = username === undefined ? {} : { username, alert: 'User name or password is wrong.' };
  return html(username === undefined ? 200 : 400, loginPage(form, 'a device', shown), cookies);
}

/** All that is known is put by until the user has answered the page. */
function waiting(interaction: Omit<DeviceInteraction, 'browser'>, request: HttpRequest, visit: Visit) {
  const { deviceInteractions: interactions, issuer } = visit;
  const browser = interactions.browser(request);
  const form = { action: verificationUriOf(visit), interaction: interactions.open({ ...interaction, browser }) };
  return { form, cookies: setCookie(issuer, interactions.cookie, browser) };
}

function filledIn(request: HttpRequest): Form | undefined {
  try {
    return form(request);
  } catch (problem) {
    if (problem instanceof Refusal) return undefined;
    throw problem;
  }
}
