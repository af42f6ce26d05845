import type { JsonObject } from '../../../harness/model/json.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { json, methodNotAllowed, Refusal } from '../http/answer.ts';
import { queryOf } from '../http/form.ts';

const issuerRelation = 'http://openid.net/specs/connect/1.0/issuer';

/** Which issuer somebody uses (OpenID Connect Discovery 1.0 §2, RFC 7033). */
export const webfinger: EndpointDefinition = {
  name: 'webfinger',
  paths: () => ['/.well-known/webfinger'],
  answers: 'webfinger-answer',
  crossOrigin: true,
  handle(request, visit) {
    if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET, HEAD');
    const query = new URLSearchParams(queryOf(request));
    const [resource, second] = query.getAll('resource');
    // RFC 7033 §4.2: absent or malformed.
    if (!resource || second !== undefined || !/^[a-z][a-z0-9+.-]*:./i.test(resource))
      throw new Refusal('invalid_request', 'resource must stand once and be a URI');
    if (!isKnown(resource, visit)) return json(404, { error: 'not_found' });
    const asked = query.getAll('rel');
    const links =
      asked.length === 0 || asked.includes(issuerRelation) ? [{ rel: issuerRelation, href: visit.issuer }] : [];
    return descriptor({ subject: resource, links });
  },
};

/** A user by account or e-mail address (`acct:`), by a URL below the issuer or the host; or the issuer itself. */
function isKnown(resource: string, { issuer, users }: Visit): boolean {
  const { host, hostname, origin } = new URL(issuer);
  const [, account] = /^acct:(.+)$/i.exec(resource) ?? [];
  if (account !== undefined) {
    const name = decoded(account);
    const [, user = '', at] = /^(.*)@([^@]*)$/.exec(name) ?? [];
    const here = at?.toLowerCase() === host || at?.toLowerCase() === hostname;
    return here ? users.named(user) !== undefined : users.list().some(({ claims }) => claims.email === name);
  }
  if (!/^https?:/i.test(resource) || !URL.canParse(resource)) return false;
  const url = new URL(resource);
  if (url.origin !== origin) return false;
  const place = `${url.origin}${url.pathname}`.replace(/\/$/, '');
  const [, user] = /^\/([^/]+)$/.exec(place.slice((place.startsWith(`${issuer}/`) ? issuer : origin).length)) ?? [];
  return place === issuer || place === origin || (user !== undefined && users.named(decoded(user)) !== undefined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 7033 §4.4. */
const descriptor = (document: JsonObject) => {
  const answer = json(200, document);
  return { ...answer, headers: [['content-type', 'application/jrd+json'] as const] };
};
