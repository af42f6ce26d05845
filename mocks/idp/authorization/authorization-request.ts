import type { Parameters } from '../../../harness/model/issuing.ts';
import type { Visit } from '../endpoint.ts';
import { type Form, formOf } from '../http/form.ts';
import { type Client, isPublic, mayUse } from '../registration/client.ts';
import { openidScopes } from '../sessions/users.ts';
import { quoted, registeredScopes } from '../tokens/scope.ts';
import { accountOf } from '../tokens/subject.ts';
import { assuranceOf } from './assurance.ts';
import { type AuthorizationDetails, authorizationDetails } from './authorization-details.ts';
import { PageError, RedirectError, type Refuse, type ReplyTo } from './authorization-error.ts';
import { hintedToken } from './id-token-hint.ts';
import { type Challenge, wellFormed } from './pkce.ts';
import { isAbsolute, isPattern, isRegistered, isRegisteredExactly } from './redirect-uri.ts';
import { type RequestedClaims, requestedClaims } from './requested-claims.ts';
import { wrongResource } from './resources.ts';
import { mannerOf } from './response-modes.ts';
import { inFront, parts, responseTypeOf } from './response-types.ts';
import type { ReceivedRequest } from './sent-request.ts';

/** A valid authorization request (RFC 6749 §4.1.1, OIDC Core §3.1.2.1). */
export interface AuthorizationRequest {
  readonly client: Client;
  readonly replyTo: ReplyTo;
  readonly redirectUriSent: boolean;
  /** Its words in alphabetical order. */
  readonly responseType: string;
  /** Space-delimited. */
  readonly scope: string;
  readonly challenge: Challenge | undefined;
  /** Thumbprint of the DPoP key that the code is bound to (RFC 9449 §10). */
  readonly dpopJkt: string | undefined;
  readonly nonce: string | undefined;
  readonly prompt: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
  /** Classes that were asked for and are known, preferred first; any will do when empty. */
  readonly acrs: readonly string[];
  /** Nothing less than one of them will do (OIDC Core §5.5.1.1). */
  readonly acrEssential: boolean;
  /** The only user who may answer it (OIDC Core §3.1.2.1, §5.5.1); anybody when absent. */
  readonly sub: string | undefined;
  readonly loginHint: string | undefined;
  readonly claims: RequestedClaims | undefined;
  /** What access tokens shall be for (RFC 8707 §2.1); the usual API when empty. */
  readonly resources: readonly string[];
  readonly authorizationDetails: AuthorizationDetails | undefined;
}

export const prompts = ['none', 'login', 'consent', 'select_account'] as const;

/** Rejects with a `PageError` or a `RedirectError`. */
export async function authorizationRequest(received: ReceivedRequest, visit: Visit): Promise<AuthorizationRequest> {
  const form = formOf(received.all);
  const { get } = form;
  for (const name of ['client_id', 'redirect_uri'])
    if (received.repeated.includes(name)) throw new PageError(`Parameter ${quoted(name)} stands twice`);
  const clientId = get('client_id') ?? '';
  const client = visit.clients.find(clientId);
  if (client) visit.about.client = client.id;
  else throw new PageError(clientId ? `client_id ${quoted(clientId)} is unknown` : 'client_id is missing');
  const scopes = (get('scope') ?? registeredScopes(client, visit.scopes, visit).join(' ')).split(' ').filter(Boolean);
  const openid = scopes.includes('openid');
  const replyTo = replyToOf(client, redirectUriOf(client, get('redirect_uri'), openid, visit), received.all);
  const refuse: Refuse = (error, description) => {
    throw new RedirectError(error, description, replyTo);
  };
  const wrong = (why: string) => refuse('invalid_request', why);

  checkManner(received, client, visit, refuse);
  const responseType = responseTypeOf(form, client, openid, visit, refuse);
  const prompt = (get('prompt') ?? '').split(' ').filter(Boolean);
  if (prompt.some((value) => !prompts.some((known) => known === value))) wrong('prompt is not known');
  if (prompt.includes('none') && prompt.length > 1) wrong('prompt none stands with another value');
  const maxAge = get('max_age');
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge)) wrong('max_age must be a number of seconds');
  const text = get('claims');
  const claims = openid && text !== undefined ? requestedClaims(text, wrong) : undefined;
  const details = get('authorization_details');
  const dpopJkt = get('dpop_jkt');
  if (dpopJkt !== undefined && !/^[\w-]{43}$/.test(dpopJkt)) wrong('dpop_jkt is no SHA-256 thumbprint');
  return {
    client,
    replyTo,
    redirectUriSent: get('redirect_uri') !== undefined,
    responseType,
    scope: scopeOf(scopes, client, responseType, visit, refuse),
    challenge: parts(responseType).has('code') ? challengeOf(form, client, visit, wrong) : undefined,
    dpopJkt,
    nonce: get('nonce'),
    prompt,
    maxAge: maxAge === undefined ? client.defaultMaxAge : Number(maxAge),
    ...assuranceOf(form, client, claims, visit, refuse),
    sub: await subjectOf(form, client, claims, visit, wrong),
    loginHint: get('login_hint'),
    claims,
    resources: resourcesOf(form, visit, refuse),
    authorizationDetails:
      details === undefined
        ? undefined
        : authorizationDetails(details, client, visit, (why) => refuse('invalid_authorization_details', why)),
  };
}

/** Where and how the answer to these parameters goes. If they say it wrong, as is usual for their response type. */
export function replyToOf(client: Client, redirectUri: string, all: Parameters): ReplyTo {
  const { get } = formOf(all);
  const front = inFront(get('response_type') ?? '');
  const usual = { mode: front ? 'fragment' : 'query', asJwt: false } as const;
  const manner = mannerOf(get('response_mode'), usual.mode) ?? usual;
  // OAuth 2.0 Multiple Response Types §3: tokens in a query would end up in logs.
  const allowed = front && manner.mode === 'query' ? { ...manner, mode: usual.mode } : manner;
  return { client, redirectUri, ...allowed, state: get('state') };
}

/** How a request must come. */
function checkManner({ all, repeated, pushed, signed }: ReceivedRequest, client: Client, visit: Visit, refuse: Refuse) {
  const { requires } = visit;
  if (repeated.length > 0) refuse('invalid_request', 'A parameter stands twice');
  if ('registration' in all) refuse('registration_not_supported', 'Send no registration');
  if (!pushed && (client.requirePushedAuthorizationRequests ?? requires.pushed))
    refuse('invalid_request', 'Push the request first (RFC 9126)');
  if (!signed && (client.requireSignedRequestObject ?? requires.signed))
    refuse('invalid_request', 'Send the request as a signed request object (RFC 9101)');
}

/** OIDC Core §3.1.2.1 would have unknown values ignored; plain OAuth says what is wrong (RFC 6749 §4.1.2.1). */
function scopeOf(
  scopes: readonly string[],
  client: Client,
  responseType: string,
  visit: Visit,
  refuse: Refuse,
): string {
  // OIDC Core §11: there is no offline access without a code.
  const offline = parts(responseType).has('code') && mayUse(client, 'refresh_token');
  const known = registeredScopes(client, [...visit.scopes, ...openidScopes], visit).filter(
    (value) => value !== 'offline_access' || offline,
  );
  const strict = !scopes.includes('openid') && visit.insistsOn('refusesUnknownScopes');
  if (strict && scopes.some((value) => !known.includes(value))) refuse('invalid_scope', 'A scope is not known');
  return [...new Set(scopes)].filter((value) => known.includes(value)).join(' ');
}

async function subjectOf(
  { get }: Form,
  client: Client,
  claims: RequestedClaims | undefined,
  visit: Visit,
  wrong: (why: string) => never,
): Promise<string | undefined> {
  const token = get('id_token_hint');
  const [wanted] = claims?.idToken.get('sub')?.values ?? [];
  if (token === undefined) return wanted === undefined ? undefined : accountOf(client, String(wanted), visit);
  const hint = await hintedToken(token, visit);
  if (hint?.client.id !== client.id) return wrong('id_token_hint is no ID token of this issuer for this client');
  return hint.sub;
}

function resourcesOf({ getAll }: Form, visit: Visit, refuse: Refuse): readonly string[] {
  const resources = [...new Set(getAll('resource'))];
  const wrong = wrongResource(resources, visit);
  if (wrong) refuse('invalid_target', wrong);
  return resources;
}

/** It may stay away when only one is registered (RFC 6749 §3.1.2.3), but not with `openid` (OIDC Core §3.1.2.1). */
function redirectUriOf(
  { id, redirectUris = [] }: Client,
  given: string | undefined,
  openid: boolean,
  { insistsOn }: Visit,
): string {
  if (given !== undefined) {
    if (!isAbsolute(given)) throw new PageError('redirect_uri is no absolute URI');
    const same = insistsOn('freesLoopbackPorts') ? isRegistered : isRegisteredExactly;
    if (same(given, redirectUris) || !insistsOn('matchesRedirectUris')) return given;
    throw new PageError(`redirect_uri ${quoted(given)} is not registered for client ${quoted(id)}`);
  }
  const [only, ...others] = redirectUris;
  if (openid || only === undefined || isPattern(only) || others.length > 0)
    throw new PageError('redirect_uri is missing');
  return only;
}

/** RFC 7636 §4.3, §4.4.1. */
function challengeOf(
  { get }: Form,
  client: Client,
  visit: Visit,
  refuse: (why: string) => never,
): Challenge | undefined {
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
