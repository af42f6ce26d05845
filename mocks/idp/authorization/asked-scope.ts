import type { Visit } from '../endpoint.ts';
import { type Client, mayUse } from '../registration/client.ts';
import { openidScopes } from '../sessions/users.ts';
import { granted, registeredScopes } from '../tokens/scope.ts';

/**
 * The scope that a client asks a user for; the whole API's when it names none. Unknown values are left out with
 * `openid` (OIDC Core §3.1.2.1). Throws a `Refusal` (`invalid_scope`) for them without it (RFC 6749 §3.3).
 */
export function askedScope(asked: string | undefined, client: Client, visit: Visit): string {
  const known = registeredScopes(client, [...visit.scopes, ...openidScopes], visit);
  const values = (asked ?? registeredScopes(client, visit.scopes, visit).join(' '))
    .split(' ')
    .filter((value) => value && (value !== 'offline_access' || mayUse(client, 'refresh_token')));
  const wanted = values.includes('openid') ? values.filter((value) => known.includes(value)) : values;
  return wanted.length === 0 ? '' : granted(wanted.join(' '), known, visit);
}
