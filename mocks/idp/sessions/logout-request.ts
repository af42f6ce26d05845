import type { HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import { PageError } from '../authorization/authorization-error.ts';
import { type HintedToken, hintedToken } from '../authorization/id-token-hint.ts';
import { isAbsolute, isRegisteredExactly } from '../authorization/redirect-uri.ts';
import type { Visit } from '../endpoint.ts';
import { Refusal } from '../http/answer.ts';
import { type Form, form, formOf, queryOf } from '../http/form.ts';
import type { Client } from '../registration/client.ts';
import { quoted } from '../tokens/scope.ts';
import { sidOf } from './sessions.ts';

/** A valid logout request (RP-Initiated Logout §2). */
export interface LogoutRequest {
  /** Who sent the browser here, if it says so. */
  readonly client: Client | undefined;
  /** Whose login the client wants to end, if it proves that it knows. */
  readonly hint: HintedToken | undefined;
  readonly logoutHint: string | undefined;
  /** Where the browser goes afterwards: a registered URI, with `state`. */
  readonly redirectTo: string | undefined;
}

/** Rejects with a `PageError`. */
export async function logoutRequest(request: HttpRequest, visit: Visit): Promise<LogoutRequest> {
  const { get } = parameters(request);
  const token = get('id_token_hint');
  const hint = token === undefined ? undefined : await hintedToken(token, visit);
  if (token !== undefined && !hint) throw new PageError('id_token_hint is no ID token of this issuer');
  const clientId = get('client_id');
  if (hint && clientId !== undefined && clientId !== hint.client.id)
    throw new PageError('client_id is not the client of id_token_hint');
  const client = hint?.client ?? (clientId === undefined ? undefined : visit.clients.find(clientId));
  if (clientId !== undefined && !client) throw new PageError(`client_id ${quoted(clientId)} is unknown`);
  if (client) visit.about.client = client.id;
  const redirectTo = target(get('post_logout_redirect_uri'), get('state'), client, visit);
  return { client, hint, logoutHint: get('logout_hint'), redirectTo };
}

/** Whether the user must be asked (RP-Initiated Logout §2): nothing proves that this login is meant. */
export function isDoubtful({ hint, logoutHint }: LogoutRequest, session: UserSession, visit: Visit): boolean {
  if (!hint || hint.sub !== session.sub) return true;
  const sids = [sidOf(session), ...visit.sessions.participants(session).values()];
  if (hint.sid !== undefined && !sids.includes(hint.sid)) return true;
  return logoutHint !== undefined && visit.users.hinted(logoutHint)?.sub !== session.sub;
}

/** RP-Initiated Logout §3: nowhere but where the client registered. */
function target(uri: string | undefined, state: string | undefined, client: Client | undefined, visit: Visit) {
  if (uri === undefined) return undefined;
  if (!client) throw new PageError('post_logout_redirect_uri needs id_token_hint or client_id');
  if (!isAbsolute(uri)) throw new PageError('post_logout_redirect_uri is no absolute URI');
  if (!isRegisteredExactly(uri, client.postLogoutRedirectUris ?? []) && visit.insistsOn('matchesRedirectUris'))
    throw new PageError(`post_logout_redirect_uri ${quoted(uri)} is not registered for client ${quoted(client.id)}`);
  return state === undefined ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`;
}

/** From the query or the form, each once. */
function parameters(request: HttpRequest): Form {
  if (request.method === 'POST') return filledIn(request);
  const query = new URLSearchParams(queryOf(request));
  const names = [...query.keys()];
  if (new Set(names).size < names.length) throw new PageError('A parameter stands twice');
  return formOf(Object.assign(Object.create(null), Object.fromEntries(query)));
}

/** A form of a page. Throws a `PageError`. */
export function filledIn(request: HttpRequest): Form {
  try {
    return form(request);
  } catch (problem) {
    throw problem instanceof Refusal ? new PageError(problem.message) : problem;
  }
}
