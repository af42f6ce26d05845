import { createPrivateKey } from 'node:crypto';

/** A PEM private key (RFC 7468 §10, §11 and the older kinds), also with its line ends escaped as in JSON. */
export const privateKeyPem =
  /-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----(?:[^-]|-(?!----)){1,20000}-----END \1PRIVATE KEY-----/g;

/** The same text for the same key, however its lines are broken. */
export function keyBody(pem: string): string {
  return pem.replace(/-----[^-]+-----|\\[nr]|\s/g, '');
}

/**
 * The secret numbers of a private key. Only these: what else its PEM holds stands in its public key and certificate
 * too, and those may be shown. Empty when the key cannot be read.
 */
export function secretNumbers(pem: string): Buffer[] {
  try {
    const { d, p, q, dp, dq, qi } = createPrivateKey(pem.replace(/\\[nr]/g, '\n')).export({ format: 'jwk' });
    return [d, p, q, dp, dq, qi].flatMap((number) => (number === undefined ? [] : [Buffer.from(number, 'base64url')]));
  } catch {
    return [];
  }
}
