import { createHash } from 'node:crypto';

export interface Challenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

/** The syntax of verifiers and challenges (RFC 7636 §4.1, §4.2). */
export const wellFormed = (text: string) => /^[A-Za-z0-9._~-]{43,128}$/.test(text);

/** RFC 7636 §4.6. */
export function matches({ value, method }: Challenge, verifier: string): boolean {
  const computed = method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return wellFormed(verifier) && computed === value;
}
