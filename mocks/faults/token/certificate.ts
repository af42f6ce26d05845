import type { JsonObject } from '../../../harness/model/json.ts';
import type { SigningKey } from '../../../harness/model/token.ts';
import { certificate } from '../../forge/certificate.ts';

/**
 * An X.509 certificate over somebody's RSA key, as an `x5c` entry wants it (RFC 7517 §4.7). Whoever issues it needs no
 * consent of the key's owner.
 */
export const certificateOver = (publicJwk: JsonObject, { privateJwk }: SigningKey): string =>
  certificate({ publicJwk, subject: 'issuer.invalid', issuerJwk: privateJwk, issuer: 'attacker.invalid' });
