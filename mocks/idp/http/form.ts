import type { HttpRequest } from '../../../harness/model/http.ts';
import type { Parameters } from '../../../harness/model/issuing.ts';
import { quoted } from '../tokens/scope.ts';
import { Refusal } from './answer.ts';

/** Parameters that may stand more than once (RFC 8707 §2, RFC 8693 §2.1): their values are kept a line each. */
const repeatable = ['resource', 'audience'] as const;

/** Parameters of a request, all but the repeatable ones at most once. */
export interface Form {
  readonly all: Parameters;
  /** `undefined` when absent or empty. */
  get(name: string): string | undefined;
  /** Every value of a parameter that may stand more than once. */
  getAll(name: (typeof repeatable)[number]): readonly string[];
}

/**
 * The parameters in an `application/x-www-form-urlencoded` body. Parameters without a value count as absent, and but for
 * the repeatable ones none may stand twice (RFC 6749 §3.2). Throws a `Refusal`.
 */
export function form(request: HttpRequest): Form {
  const [type = ''] = (field(request, 'content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    throw new Refusal('invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
  const { all, repeated } = collected(new URLSearchParams(Buffer.from(request.body).toString()));
  const [twice] = repeated;
  if (twice !== undefined) throw new Refusal('invalid_request', `Parameter ${quoted(twice)} stands twice`);
  return formOf(all);
}

/** Parameters as they came. */
export interface SentParameters {
  readonly all: Parameters;
  /** Names that stood more than once and may not. */
  readonly repeated: readonly string[];
}

/** Parameters by name. Of what stands twice and may not, the first one counts. */
export function collected(pairs: Iterable<readonly [string, string]>): SentParameters {
  // Without a prototype, so that no parameter's name means more than it says.
  const all: { [name: string]: string } = Object.create(null);
  const repeated: string[] = [];
  for (const [name, value] of pairs) {
    if (!(name in all)) all[name] = value;
    else if (repeatable.some((one) => one === name)) all[name] += `\n${value}`;
    else repeated.push(name);
  }
  return { all, repeated };
}

/** These parameters as a form. */
export function formOf(all: Parameters): Form {
  const get = (name: string) => (Object.hasOwn(all, name) ? all[name] : undefined) || undefined;
  return { all, get, getAll: (name) => (get(name) ?? '').split('\n').filter(Boolean) };
}

/** The query of a request as it was sent; empty when there is none. */
export const queryOf = ({ path }: HttpRequest) => path.slice(path.indexOf('?') + 1 || path.length);

/** A header field's value; with several, the first. */
export function field(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
