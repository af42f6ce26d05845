import type { HttpRequest } from '../../harness/model/http.ts';
import type { Parameters, ResponseMode } from '../../harness/model/issuing.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import { type Client, isPublic, mayUse } from './client.ts';
import type { Visit } from './endpoint.ts';
import { field, formOf } from './form.ts';
import { type Challenge, wellFormed } from './pkce.ts';
import { isRegistered } from './redirect-uri.ts';
import { responseModes } from './redirection.ts';
import { openidScopes } from './users.ts';

/** Where an authorization response goes, and what it carries in any case. */
export interface ReplyTo {
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
}

/** A valid authorization request (RFC 6749 §4.1.1, OIDC Core §3.1.2.1). */
export interface AuthorizationRequest {
  readonly client: Client;
  readonly replyTo: ReplyTo;
  readonly redirectUriSent: boolean;
  /** Space-delimited. */
  readonly scope: string;
  readonly challenge: Challenge | undefined;
  readonly nonce: string | undefined;
  readonly prompt: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
  /** The class that was asked for and is known; that of the session when absent. */
  readonly acr: string | undefined;
  readonly loginHint: string | undefined;
}

/** For the user and never for the client: who the client is, or where it wants its answer, is not certain. */
export class PageError extends Error {}

/** For the client, by redirection (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6). */
export class RedirectError extends Error {
  readonly error: string;
  readonly replyTo: ReplyTo;
  /** Further parameters of the response. */
  readonly more: Parameters;

  constructor(error: string, description: string, replyTo: ReplyTo, more: Parameters = {}) {
    super(description);
    this.error = error;
    this.replyTo = replyTo;
    this.more = more;
  }

  /** From the members of an error response. */
  static of({ error, error_description, ...others }: JsonObject, replyTo: ReplyTo): RedirectError {
    const more = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
    return new RedirectError(String(error), String(error_description ?? ''), replyTo, more);
  }
}

export const prompts = ['none', 'login', 'consent', 'select_account'] as const;

/** Throws a `PageError` or a `RedirectError`. */
export function authorizationRequest(sent: SentParameters, visit: Visit): AuthorizationRequest {
  const { all, repeated } = sent;
  const { get } = formOf(all);
  for (const name of ['client_id', 'redirect_uri'])
    if (repeated.includes(name)) throw new PageError(`${name} stands twice`);
  const client = visit.clients.find(get('client_id') ?? '');
  if (client) visit.about.client = client.id;
  else throw new PageError(get('client_id') ? 'client_id is unknown' : 'client_id is missing');
  const scopes = (get('scope') ?? visit.scopes.join(' ')).split(' ').filter(Boolean);
  const openid = scopes.includes('openid');
  const redirectUri = redirectUriOf(client, get('redirect_uri'), openid, visit);
  const mode = responseModes.find((each) => each === (get('response_mode') ?? 'query'));
  const replyTo = { redirectUri, mode: mode ?? 'query', state: get('state') };
  const refuse = (error: string, description: string) => {
    throw new RedirectError(error, description, replyTo);
  };

  if (repeated.length > 0) refuse('invalid_request', 'A parameter stands twice');
  if (!mode) refuse('invalid_request', 'response_mode is not known');
  for (const name of ['request', 'request_uri', 'registration'])
    if (name in all) refuse(`${name}_not_supported`, `Send no ${name}`);
  if (!get('response_type')) refuse('invalid_request', 'response_type is missing');
  if (get('response_type') !== 'code') refuse('unsupported_response_type', 'response_type must be code');
  if (!mayUse(client, 'authorization_code')) refuse('unauthorized_client', 'The client may not use response_type code');

  const prompt = (get('prompt') ?? '').split(' ').filter(Boolean);
  if (prompt.some((value) => !prompts.some((known) => known === value)))
    refuse('invalid_request', 'prompt is not known');
  if (prompt.includes('none') && prompt.length > 1) refuse('invalid_request', 'prompt none stands with another value');
  const maxAge = get('max_age');
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge))
    refuse('invalid_request', 'max_age must be a number of seconds');

  // OIDC Core §3.1.2.1 would have unknown values ignored; plain OAuth says what is wrong (RFC 6749 §4.1.2.1).
  const known = [...visit.scopes, ...openidScopes].filter(
    (value) => value !== 'offline_access' || mayUse(client, 'refresh_token'),
  );
  if (!openid && visit.insistsOn('refusesUnknownScopes') && scopes.some((value) => !known.includes(value)))
    refuse('invalid_scope', 'A scope is not known');
  const acrs = (get('acr_values') ?? '').split(' ');
  return {
    client,
    replyTo,
    redirectUriSent: get('redirect_uri') !== undefined,
    scope: [...new Set(scopes)].filter((value) => known.includes(value)).join(' '),
    challenge: challengeOf(get, client, visit, (why) => refuse('invalid_request', why)),
    nonce: get('nonce'),
    prompt,
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    acr: acrs.find((value) => visit.acrs.includes(value)),
    loginHint: get('login_hint'),
  };
}

type Get = (name: string) => string | undefined;

/** The parameters of an authorization request as they came. */
export interface SentParameters {
  readonly all: Parameters;
  /** Names that stood more than once. */
  readonly repeated: readonly string[];
}

/** Parameters from the query, or from the form of a POST (OIDC Core §3.1.2.1). One without a value is absent. */
export function parametersOf(request: HttpRequest, visit: Visit): SentParameters {
  if (
    request.method === 'POST' &&
    !/^application\/x-www-form-urlencoded *(;|$)/i.test(field(request, 'content-type') ?? '')
  )
    throw new PageError('Content-Type must be application/x-www-form-urlencoded');
  const query = request.path.slice(request.path.indexOf('?') + 1 || request.path.length);
  const pairs = new URLSearchParams(request.method === 'POST' ? Buffer.from(request.body).toString() : query);
  const all: { [name: string]: string } = Object.create(null);
  const repeated: string[] = [];
  for (const [name, value] of pairs) {
    if (name in all) repeated.push(name);
    else all[name] = value;
  }
  return { all: visit.through('authorize-request', all), repeated };
}

/** It may stay away when only one is registered (RFC 6749 §3.1.2.3), but not with `openid` (OIDC Core §3.1.2.1). */
function redirectUriOf(
  { redirectUris = [] }: Client,
  given: string | undefined,
  openid: boolean,
  { insistsOn }: Visit,
): string {
  if (given !== undefined) {
    if (isRegistered(given, redirectUris) || !insistsOn('matchesRedirectUris')) return given;
    throw new PageError('redirect_uri is not registered');
  }
  const [only, ...others] = redirectUris;
  if (openid || only === undefined || others.length > 0) throw new PageError('redirect_uri is missing');
  return only;
}

/** RFC 7636 §4.3, §4.4.1. */
function challengeOf(get: Get, client: Client, visit: Visit, refuse: (why: string) => void): Challenge | undefined {
  const value = get('code_challenge');
  const method = get('code_challenge_method') ?? 'plain';
  if (value === undefined) {
    if (isPublic(client) && visit.insistsOn('demandsPkce')) refuse('code_challenge is missing');
    if (get('code_challenge_method')) refuse('code_challenge_method has no code_challenge with it');
    return undefined;
  }
  if (!visit.challengeMethods.includes(method)) refuse('The transform algorithm is not supported: use S256');
  if (!wellFormed(value)) refuse('code_challenge must have 43 to 128 unreserved characters');
  return { value, method: method === 'S256' ? 'S256' : 'plain' };
}
