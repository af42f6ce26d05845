import { createHash, randomBytes } from 'node:crypto';
import { shown } from '../gateway/text.ts';
import type { Metadata } from './discovery.ts';
import { failure, meaningOf, notOurs } from './failure.ts';
import type { Client } from './parts.ts';

/** What the client remembers of a login until the browser comes back. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const random = () => randomBytes(32).toString('base64url');

/** A new login, with values that nobody can guess. */
export const newLogin = (): Pending => ({ state: random(), nonce: random(), verifier: random() });

/** The parameters of an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3, OIDC Core §3.1.2.1). */
export function authorizationRequest({ state, nonce, verifier }: Pending, { wiring }: Client) {
  return {
    response_type: 'code',
    client_id: wiring.clientId,
    redirect_uri: wiring.redirectUri,
    scope: wiring.scope,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
}

/** An authorization response, taken apart. */
export type Response = ReadonlyMap<string, string>;

/** Its parameters; none may stand there twice (RFC 6749 §3.1). */
export function readResponse(callback: string): Response {
  const response = new Map<string, string>();
  for (const [name, value] of new URL(callback).searchParams) {
    if (response.has(name))
      throw notOurs(`it has ${name} twice`, `malformed: parameter ${name} stands there twice, expected once`);
    response.set(name, value);
  }
  return response;
}

/** The response belongs to a request of this very browser (RFC 6749 §10.12, RFC 9700 §4.7). */
export function checkState(response: Response, pending: Pending | undefined): Pending {
  const state = response.get('state');
  if (pending === undefined) {
    throw notOurs(
      'no login is under way in this browser',
      `state ${state === undefined ? 'missing' : 'unknown'}: no login is under way in this session (CSRF, or the response was used before)`,
    );
  }
  if (state === pending.state) return pending;
  const what = state === undefined ? 'missing' : 'mismatch';
  throw notOurs(
    `state ${what}`,
    `state ${what}: got ${state === undefined ? 'none' : 'another value'}, expected that of this session (CSRF, or another login's response)`,
  );
}

/** The response is this issuer's (RFC 9207 §2.4), where it says so or must. */
export function checkResponseIssuer(response: Response, metadata: Metadata, { wiring }: Client): void {
  const iss = response.get('iss');
  if (iss === wiring.issuer || (iss === undefined && !metadata.responsesNameIssuer)) return;
  const what = iss === undefined ? 'missing' : 'mismatch';
  throw notOurs(
    `issuer ${what}`,
    `issuer ${what}: iss got ${shown(iss)}, expected '${wiring.issuer}' (mix-up, RFC 9207)`,
  );
}

/** The error of an authorization response (RFC 6749 §4.1.2.1), or its code. */
export function codeOf(response: Response): string {
  const [error, code] = [response.get('error'), response.get('code')];
  if (error !== undefined) {
    const description = response.get('error_description');
    const known = /^\w{1,60}$/.test(error);
    const meaning = known ? meaningOf(error) : 'an unknown error code';
    const more = description === undefined ? '' : `: ${shown(description)}`;
    throw failure(
      known ? error : 'invalid_authorization_response',
      `the login was not granted: ${shown(error)}, ${meaning}${more}`,
      `authorization endpoint answered ${shown(error)}, ${meaning}${more}, expected a code`,
    );
  }
  if (code) return code;
  const what = code === '' ? 'empty' : 'missing';
  throw notOurs(
    `the authorization response of the identity provider has no code`,
    `code is ${what}: got ${code === '' ? "''" : 'none'}, expected a code or an error`,
  );
}
