import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import type { Household } from '../endpoint.ts';
import type { TokenRequest } from '../grants/grant.ts';
import { Refusal } from '../http/answer.ts';
import { readJson } from '../http/nesting.ts';
import type { Client } from '../registration/client.ts';

/** What is asked for or granted, each with its `type` (RFC 9396 §2). */
export type AuthorizationDetails = readonly JsonObject[];

const isList = (value: Json) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isText = (value: Json) => typeof value === 'string';

/** RFC 9396 §2.2. */
const common = { locations: isList, actions: isList, datatypes: isList, privileges: isList, identifier: isText };

/** Reads `authorization_details` (RFC 9396 §5). `refuse` ends the request with `invalid_authorization_details`. */
export function authorizationDetails(
  text: string,
  { authorizationDetailsTypes: own }: Client,
  { authorizationDetailsTypes: known }: Pick<Household, 'authorizationDetailsTypes'>,
  refuse: (why: string) => never,
): AuthorizationDetails {
  const details = readJson(text);
  if (!Array.isArray(details)) return refuse('authorization_details must be a JSON array');
  for (const one of details) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return refuse('Each detail must be an object');
    const { type } = one;
    if (typeof type !== 'string' || !known.includes(type) || own?.includes(type) === false)
      return refuse('The type of a detail is not known here');
    for (const [name, fits] of Object.entries(common))
      if (Object.hasOwn(one, name) && !fits(one[name])) return refuse(`${name} of a detail is not what it must be`);
  }
  return details;
}

/**
 * Those that a token carries: what the token request asks for, each a part of the grant (RFC 9396 §6.1), else all of
 * the grant. Throws a `Refusal`.
 * @param granted by the user; whatever is known when nobody was asked
 */
export function grantedDetails(
  { form, client, visit }: Pick<TokenRequest, 'form' | 'client' | 'visit'>,
  granted?: AuthorizationDetails,
): AuthorizationDetails | undefined {
  const text = form.get('authorization_details');
  if (text === undefined) return granted?.length ? granted : undefined;
  const asked = authorizationDetails(text, client, visit, refused);
  if (granted && asked.some((one) => !granted.some((other) => isDeepStrictEqual(one, other))))
    throw refused('A detail was not part of the grant');
  return asked;
}

function refused(why: string): never {
  throw new Refusal('invalid_authorization_details', why);
}
