import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../../../harness/model/http.ts';
import { json, Refusal, unstored } from './answer.ts';

/** The token in `Authorization: Bearer` (RFC 6750 §2.1); `undefined` when there is none, or more than one field. */
export function bearerToken({ headers }: HttpRequest): string | undefined {
  const [first, second] = headers.filter(([name]) => name.toLowerCase() === 'authorization');
  if (!first || second) return undefined;
  return /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(first[1])?.[1];
}

/** Throws a `Refusal` with 401 unless it is this token (RFC 6750 §3.1). No token is right when none is expected. */
export function demandBearer(given: string | undefined, expected: string | undefined): void {
  if (given !== undefined && expected !== undefined && timingSafeEqual(digest(given), digest(expected))) return;
  if (given === undefined) {
    const headers = [...unstored, ['www-authenticate', 'Bearer realm="idp"'] as const];
    throw Refusal.with({ status: 401, headers, body: new Uint8Array() });
  }
  const [error, description] = ['invalid_token', 'The access token is not valid here'];
  const challenge = `Bearer realm="idp", error="${error}", error_description="${description}"`;
  const answer = json(401, { error, error_description: description }, [...unstored, ['www-authenticate', challenge]]);
  throw Refusal.with(answer);
}

const digest = (text: string) => createHash('sha256').update(text).digest();
