import type { HttpRequest } from '../../harness/model/http.ts';
import type { Parameters } from '../../harness/model/issuing.ts';
import { Refusal } from './answer.ts';

/** Parameters of a request body, each at most once. */
export interface Form {
  readonly all: Parameters;
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
  // Without a prototype, so that no parameter's name means more than it says.
  const all: { [name: string]: string } = Object.create(null);
  for (const [name, value] of values) all[name] = value;
  return formOf(all);
}

/** These parameters as a form. */
export function formOf(all: Parameters): Form {
  return { all, get: (name) => (Object.hasOwn(all, name) ? all[name] : undefined) || undefined };
}

/** A header field's value; with several, the first. */
export function field(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
