import type { Json, JsonObject } from '../../../harness/model/json.ts';
import { readJson } from '../http/nesting.ts';
import type { User } from '../sessions/users.ts';

/** What a client asks to be told in particular (OIDC Core §5.5). */
export interface RequestedClaims {
  readonly userinfo: Wanted;
  readonly idToken: Wanted;
}

/** Claims by name. */
export type Wanted = ReadonlyMap<string, Wish>;

interface Wish {
  readonly essential: boolean;
  /** The only values that will do; any when absent. */
  readonly values: readonly Json[] | undefined;
}

/** Reads the `claims` parameter. What it does not understand is left out (OIDC Core §5.5). */
export function requestedClaims(text: string, refuse: (why: string) => never): RequestedClaims {
  const asked = readJson(text);
  if (!isObject(asked)) return refuse('claims must be a JSON object');
  return { userinfo: wanted(asked.userinfo, refuse), idToken: wanted(asked.id_token, refuse) };
}

function wanted(members: Json | undefined, refuse: (why: string) => never): Wanted {
  if (members === undefined || members === null) return new Map();
  if (!isObject(members)) return refuse('claims: userinfo and id_token must be objects');
  return new Map(Object.entries(members).map(([name, wish]) => [name, wishOf(wish, refuse)]));
}

function wishOf(wish: Json, refuse: (why: string) => never): Wish {
  if (wish === null) return { essential: false, values: undefined };
  if (!isObject(wish)) return refuse('claims: each claim must be null or an object');
  const { essential = false, value, values } = wish;
  if (typeof essential !== 'boolean') return refuse('claims: essential must be true or false');
  if (values !== undefined && !Array.isArray(values)) return refuse('claims: values must be an array');
  return { essential, values: value === undefined ? (values as readonly Json[] | undefined) : [value] };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Those of a user's claims that are wanted. One that has another value than the client wants is not told. */
export function toldOnRequest({ claims }: User, asked: Wanted): JsonObject {
  const told = Object.entries(claims).filter(([name, value]) => {
    const wish = asked.get(name);
    return wish && (wish.values === undefined || wish.values.some((one) => same(one, value)));
  });
  return Object.fromEntries(told);
}

const same = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other);
