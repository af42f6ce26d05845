import type { HttpRequest } from '../../../harness/model/http.ts';
import type { Household } from '../endpoint.ts';

/** The URIs of a request without query, by the names under which the IdP says it can be reached. */
export function targetOf({ path }: HttpRequest, { issuer, mtlsOrigin }: Household): readonly string[] {
  const [bare] = path.split('?', 1);
  const origins = [new URL(issuer).origin, ...(mtlsOrigin === undefined ? [] : [mtlsOrigin])];
  return origins.map((origin) => `${origin}${bare}`);
}

/** Whether `htu` is one of these URIs but for query, fragment and spelling (RFC 9449 §4.3, RFC 3986 §6.2.2, §6.2.3). */
export function sameTarget(htu: unknown, targets: readonly string[]): boolean {
  const said = typeof htu === 'string' ? normalised(htu) : undefined;
  return said !== undefined && targets.some((target) => normalised(target) === said);
}

function normalised(uri: string): string | undefined {
  // What the URL parser would forgive is no URI.
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[\x21-\x7e]*$/.test(uri) || /[\\<>"{}|^`]/.test(uri) || !URL.canParse(uri))
    return undefined;
  const { origin, pathname, username, password } = new URL(uri);
  if (username !== '' || password !== '') return undefined;
  return origin + pathname.replaceAll(/%[0-9A-Fa-f]{2}/g, plain);
}

/** An unreserved character as itself, any other in capitals (RFC 3986 §6.2.2.1, §6.2.2.2). */
function plain(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : escaped.toUpperCase();
}
