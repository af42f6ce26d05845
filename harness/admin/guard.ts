import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../../mocks/alone/address.ts';
import { Problem } from './problem.ts';

/**
 * Lets in who may administer: whoever knows the secret, or without one, whoever is on this machine and no web page. A
 * page can send requests to loopback under its own name (`Origin`), or under a name that it has made lead there
 * (`Host`, DNS rebinding).
 */
export function createGuard(host: string, secret: string | undefined) {
  const expected = secret === undefined ? undefined : digest(secret);
  return (headers: IncomingHttpHeaders): Problem | undefined => {
    if (isLoopback(host) && !isLoopback(nameIn(headers.host)))
      return new Problem(421, 'Host must be localhost, 127.0.0.1 or [::1].');
    if (headers.origin !== undefined) return new Problem(403, 'Web pages may not use the admin API.');
    if (expected === undefined) return undefined;
    const [, given] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return undefined;
    return new Problem(401, 'Send the secret that the admin API was started with: Authorization: Bearer ….', {
      headers: { 'www-authenticate': 'Bearer realm="failwell-admin"' },
    });
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** A `Host` field without its port. */
const nameIn = (field = '') =>
  field
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
