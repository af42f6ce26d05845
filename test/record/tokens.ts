import { createHash } from 'node:crypto';

export function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** A JWT with these claims, and in place of a signature as many bytes that depend on them. */
export function jwt(claims: object = { sub: 'test' }, header: object = { alg: 'RS256', typ: 'at+jwt' }): string {
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  const signature = Buffer.concat([0, 1, 2, 3].map((n) => createHash('sha512').update(`${n}${signed}`).digest()));
  return `${signed}.${signature.toString('base64url')}`;
}
