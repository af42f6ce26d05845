import { createHash } from 'node:crypto';
import type { Headers, HttpRequest } from '../../../harness/model/http.ts';

/** A cookie's name on one issuer. Cookies know no ports (RFC 6265 §8.5), and issuers differ by little else. */
export function cookieName(issuer: string, what: 'session' | 'browser' | 'state'): string {
  return `idp_${what}_${createHash('sha256').update(issuer).digest('hex').slice(0, 8)}`;
}

/** The value of a request's cookie, the first one when it stands twice. */
export function cookie({ headers }: HttpRequest, name: string): string | undefined {
  const pairs = headers.filter(([field]) => field.toLowerCase() === 'cookie').flatMap(([, value]) => value.split(';'));
  const prefix = `${name}=`;
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
}

/** Frames and forms of other sites must carry it, which needs `Secure`; over plain HTTP only navigation does. */
const reach = (issuer: string) => (issuer.startsWith('https:') ? 'SameSite=None; Secure' : 'SameSite=Lax');

export function setCookie(issuer: string, name: string, value: string): Headers {
  return [['set-cookie', `${name}=${value}; Path=/; HttpOnly; ${reach(issuer)}`]];
}

/** One that scripts of this origin may read. */
export function setReadableCookie(issuer: string, name: string, value: string): Headers {
  return [['set-cookie', `${name}=${value}; Path=/; ${reach(issuer)}`]];
}

export function clearCookie(issuer: string, name: string): Headers {
  return [['set-cookie', `${name}=; Path=/; Max-Age=0; ${reach(issuer)}`]];
}
