import { createHmac } from 'node:crypto';

/** Nonces for DPoP proofs (RFC 9449 §8): a new one each minute, and the last one still counts. */
export interface DpopNonces {
  /** @param now the IdP's clock, milliseconds since 1970 */
  current(now: number): string;
  accepts(nonce: unknown, now: number): boolean;
}

/** Nothing is stored: a nonce is a MAC of its minute. */
export function createDpopNonces(secret: string): DpopNonces {
  const of = (minute: number) => createHmac('sha256', secret).update(String(minute)).digest('base64url');
  const minuteOf = (now: number) => Math.floor(now / 60_000);
  return {
    current: (now) => of(minuteOf(now)),
    accepts: (nonce, now) => [0, 1].some((ago) => nonce === of(minuteOf(now) - ago)),
  };
}
