import type { HttpRequest } from '../../harness/model/http.ts';
import { Refusal } from './answer.ts';

/** Parameters of a request body, each at most once. */
export interface Form {
  /** `undefined` when absent or empty. */
  get(name: string): string | undefined;
}

/**
 * The parameters in an `application/x-www-form-urlencoded` body. Parameters without a value count as absent, and
 * none may stand twice (RFC 6749 §3.2). Throws a `Refusal`.
 */
export function form(request: HttpRequest): Form {
  const [type = ''] = (field(request, 'content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    throw new Refusal('invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(Buffer.from(request.body).toString())) {
    if (values.has(name)) throw new Refusal('invalid_request', `Parameter ${name} stands twice`);
    values.set(name, value);
  }
  return { get: (name) => values.get(name) || undefined };
}

/** A header field's value; with several, the first. */
export function field(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
