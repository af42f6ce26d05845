import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Random } from '../../harness/model/fault.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { ProofDraft, SigningKey } from '../../harness/model/token.ts';
import { signJson } from './serialise.ts';

/** The request that a proof is for. */
export interface ProofFacts {
  readonly method: string;
  /** Absolute; its query and fragment are left out. */
  readonly url: string;
  readonly accessToken: string;
  /** Seconds since 1970. */
  readonly now: number;
  readonly random: Random;
}

/** A correct DPoP proof for a protected resource (RFC 9449 §4.2, §7.1) that is not signed yet. */
export function draftProof(key: SigningKey, { method, url, accessToken, now, random }: ProofFacts): ProofDraft {
  const { origin, pathname } = new URL(url);
  return {
    header: { typ: 'dpop+jwt', alg: key.alg, jwk: bare(key) },
    payload: {
      jti: random.hex(16),
      htm: method,
      htu: origin + pathname,
      iat: Math.floor(now),
      ath: createHash('sha256').update(accessToken).digest('base64url'),
    },
  };
}

/** Signs and serialises a proof, whether it makes sense or not. */
export const forgeProof = ({ header, payload }: ProofDraft, key: SigningKey) => signJson(header, payload, key);

/** What binds a token to a key (RFC 9449 §6.1): the `cnf` claim with its thumbprint. */
export const boundTo = async (key: SigningKey) => ({ cnf: { jkt: await calculateJwkThumbprint(bare(key) as JWK) } });

/** The public key alone. */
function bare({ publicJwk: { kid: _, alg: __, use: ___, ...members } }: SigningKey): JsonObject {
  return members;
}
