import { type Document, jsonObject, type Question } from '../gateway/fetch.ts';
import { shown } from '../gateway/text.ts';
import type { Members } from '../gateway/token.ts';
import { badTokenAnswer, failure, meaningOf } from './failure.ts';
import type { Client } from './parts.ts';

/** What a client has of a token response (RFC 6749 §5.1). */
export interface Tokens {
  readonly access: string;
  readonly refresh?: string;
  readonly idToken?: string;
  /** On `performance.now()`'s scale; a token without a lifetime is used until it is refused. */
  readonly expiresAt?: number;
}

/** A token request (RFC 6749 §4.1.3, §4.4.2, §6). */
export interface Grant {
  readonly parameters: { readonly [name: string]: string };
  /** What it redeems works once, so it must not be sent twice. */
  readonly once?: true;
}

const encoded = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');

/** How the client proves itself: HTTP Basic, each half form-encoded first (RFC 6749 §2.3.1). */
export function authenticate({ wiring: { clientId, clientSecret } }: Client): { readonly [name: string]: string } {
  return { authorization: `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}` };
}

/** Sends a token request, but not before the IdP wants to be asked again. Throws for any answer but a good one. */
export async function requestTokens({ parameters, once }: Grant, client: Client): Promise<Tokens> {
  const { parts, limits, quietUntil } = client;
  const { token_endpoint: url } = await client.metadata.current();
  const left = (quietUntil.get(url) ?? 0) - performance.now();
  if (left > 0) throw rateLimited(url, left);
  const question: Question = {
    what: 'token endpoint',
    url,
    form: new URLSearchParams(parameters).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...parts.authenticate(client) },
    until: performance.now() + limits.idpDeadline,
    ...(once && { once }),
  };
  const document = await parts.fetchDocument(client, question);
  // The metadata may name another place by now.
  if (document.status === 404) client.metadata.forget();
  if (document.retryAfter !== undefined) quietUntil.set(url, performance.now() + document.retryAfter);
  return parts.readTokens(document, client);
}

function rateLimited(url: string, left: number) {
  return failure(
    'temporarily_unavailable',
    'the identity provider asks to try again later: too many requests',
    `token endpoint ${url} is rate limited: Retry-After has ${Math.ceil(left / 1000)} s left, so it was not asked`,
  );
}

/** The tokens of an answer. Throws for an OAuth error (RFC 6749 §5.2) and for an answer that breaks RFC 6749 §5.1. */
export function readTokens(document: Document, client: Client): Tokens {
  const { question, status, type } = document;
  if (status === 429 || document.retryAfter !== undefined) {
    const { retryAfter: wait } = document;
    const hint = wait === undefined ? 'Retry-After got none' : `Retry-After got ${wait / 1000} s`;
    throw failure(
      'temporarily_unavailable',
      'the identity provider asks to try again later: too many requests',
      `token endpoint ${question.url} is rate limited: status ${status}, ${hint}, expected status 200`,
    );
  }
  const media = type.split(';', 1)[0]?.trim().toLowerCase();
  if (status >= 400 && status < 500) throw client.parts.oauthError(document, client);
  if (status === 200 && media !== 'application/json') {
    throw badTokenAnswer(
      'wrong content type',
      `token response of ${question.url} is not JSON: Content-Type got ${shown(type)}, expected 'application/json'`,
    );
  }
  const answer = jsonObject(document);
  if (answer.error !== undefined) throw client.parts.oauthError(document, client);
  return client.parts.checkTokens(answer, document);
}

/** RFC 6749 §5.1: `access_token` and `token_type` are REQUIRED; a type that is not understood is of no use (§7.1). */
export function checkTokens(answer: Members, { question: { url } }: Document): Tokens {
  const {
    access_token: access,
    token_type: type,
    expires_in: lifetime,
    refresh_token: refresh,
    id_token: idToken,
  } = answer;
  const bad = (what: string, why: string) => badTokenAnswer(what, `token response of ${url}: ${why}`);
  if (typeof access !== 'string' || access === '') {
    throw bad('access_token missing', `missing access_token: got ${shown(access)}, expected a string`);
  }
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw bad('token_type not understood', `invalid token_type: got ${shown(type)}, expected 'Bearer'`);
  }
  const seconds = typeof lifetime === 'string' && /^\d{1,9}$/.test(lifetime) ? Number(lifetime) : lifetime;
  if (seconds !== undefined && (typeof seconds !== 'number' || !(seconds >= 0))) {
    throw bad('expires_in not understood', `invalid expires_in: got ${shown(lifetime)}, expected seconds`);
  }
  for (const [name, value] of Object.entries({ refresh_token: refresh, id_token: idToken })) {
    if (value === undefined || value === null || typeof value === 'string') continue;
    throw bad(`${name} not understood`, `invalid ${name}: got ${shown(value)}, expected a string`);
  }
  return {
    access,
    ...(typeof refresh === 'string' && { refresh }),
    ...(typeof idToken === 'string' && { idToken }),
    ...(seconds !== undefined && { expiresAt: performance.now() + seconds * 1000 }),
  };
}

/** An error answer in words: which error, for which client, at which endpoint. */
export function oauthError(document: Document, { wiring }: Client) {
  const { question, status } = document;
  const { error, error_description: description } = errorMembers(document);
  const code = typeof error === 'string' && /^\w{1,60}$/.test(error) ? error : undefined;
  if (status === 404) {
    return badTokenAnswer(
      'token endpoint not found',
      `token endpoint ${question.url} not found: answered status 404, ${shown(document.type)}, expected 200 or an OAuth error`,
    );
  }
  if (code === undefined) {
    return badTokenAnswer(
      `status ${status} without an OAuth error code`,
      `unknown error format: token endpoint ${question.url} answered status ${status}, ${shown(document.type)}, expected an OAuth error in JSON`,
    );
  }
  const meaning = meaningOf(code);
  const more = description === undefined ? '' : `: ${shown(description)}`;
  const because = `${code}, ${meaning}${more} (status ${status}) for client_id '${wiring.clientId}' at token endpoint ${question.url}`;
  return failure(code, `the identity provider refused: ${code}, ${meaning}${more}`, because);
}

function errorMembers({ text }: Document): Members {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}
