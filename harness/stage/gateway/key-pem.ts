import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { SigningKey } from '../../model/token.ts';

/** A public key for gateways that are configured with it, in PEM. */
export function publicPem({ publicJwk }: SigningKey): string {
  const key = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' });
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
