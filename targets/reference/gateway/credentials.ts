import type { Gateway, Incoming } from './parts.ts';
import { badRequest, noCredentials } from './refusal.ts';

/** RFC 6750 §2.1. */
const b64token = /^[A-Za-z0-9\-._~+/]+=*$/;

/** What a token comes under: RFC 6750 §2.1, RFC 9449 §7.1. */
export type Scheme = 'Bearer' | 'DPoP';

/** The values of every field of this name, in whatever case (RFC 9110 §5.1). */
export const fieldsNamed = (name: string, { fields }: Pick<Incoming, 'fields'>): readonly string[] =>
  fields.flatMap(([own, value]) => (own.toLowerCase() === name ? [value] : []));

/** The scheme of a request, in whatever case (RFC 9110 §11.1). */
export const schemeOf = ({ authorization: [value = ''] }: Pick<Incoming, 'authorization'>): Scheme =>
  /^dpop /i.test(value) ? 'DPoP' : 'Bearer';

/**
 * The access token of a request, from its `Authorization` field and from nowhere else. Throws 401 without an error
 * code when there are no credentials that this gateway takes, and 400 `invalid_request` when they are malformed or
 * sent in more than one way (RFC 6750 §2, §3.1).
 */
export function extractToken(request: Incoming, { limits }: Gateway): string {
  const fields = request.authorization;
  const elsewhere = otherPlaces(request);
  const [value] = fields;
  if (value === undefined) {
    const instead =
      elsewhere.length > 0 ? `the token is in the ${elsewhere.join(' and the ')}, which is not accepted` : '';
    throw noCredentials(`missing Authorization header${instead && `: ${instead}, only Authorization: Bearer is`}`);
  }
  if (fields.length > 1) throw badRequest(`${fields.length} Authorization headers, expected one`);
  const [, scheme = '', rest = ''] = /^([^ ]*) *(.*)$/.exec(value) ?? [];
  if (!/^(?:bearer|dpop)$/i.test(scheme)) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,19}$/.test(scheme) || rest === '') {
      throw badRequest(
        'malformed Authorization header: got no scheme and token, expected Bearer, a space and the token',
      );
    }
    throw noCredentials(`unsupported scheme in the Authorization header: '${scheme}', expected 'Bearer'`);
  }
  if (rest === '')
    throw badRequest(
      `malformed Authorization header: got an empty token after ${schemeOf(request)}, expected one or more characters`,
    );
  if (rest.includes(' ')) {
    throw badRequest(
      `malformed Authorization header: got ${rest.split(/ +/).length} words after ${schemeOf(request)}, expected one`,
    );
  }
  if (rest.length > limits.token) {
    throw badRequest(`malformed token: ${rest.length} characters, at most ${limits.token} are accepted`);
  }
  if (!b64token.test(rest)) {
    const at = rest.search(/[^A-Za-z0-9\-._~+/]/) + 1;
    throw badRequest(
      'malformed token: it has a character that no token may have',
      `malformed token: character ${at} of ${rest.length} is none that RFC 6750 allows`,
    );
  }
  if (elsewhere.length > 0) {
    throw badRequest(
      `two access tokens: one in the Authorization header and one in the ${elsewhere.join(' and the ')}, expected one`,
    );
  }
  return rest;
}

/** The other places of RFC 6750 §2 that hold a token too. */
function otherPlaces({ url, form }: Incoming): readonly string[] {
  const places: string[] = [];
  const query = url.indexOf('?');
  if (query >= 0 && new URLSearchParams(url.slice(query)).has('access_token')) places.push('query');
  if (form !== undefined && new URLSearchParams(form).has('access_token')) places.push('form body');
  return places;
}
