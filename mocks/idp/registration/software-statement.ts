import { decodeJwt, type JSONWebKeySet } from 'jose';
import type { JsonObject } from '../../../harness/model/json.ts';
import { keysOf, verifiedJwt } from '../tokens/signed-jwt.ts';
import { keyAlgorithms } from '../tokens/signing.ts';
import { registrationError } from './registration-rules.ts';

/** Somebody who vouches for software (RFC 7591 §2.3). */
export interface SoftwareIssuer {
  /** `iss` of its statements. */
  readonly issuer: string;
  readonly jwks: JSONWebKeySet;
}

/** Claims about the statement itself, not about the client. */
const ownClaims = ['iss', 'sub', 'aud', 'iat', 'nbf', 'exp', 'jti'];

/**
 * What a software statement says of a client (RFC 7591 §2.3). Rejects with a `Refusal`: `invalid_software_statement`,
 * or `unapproved_software_statement` when nobody trusts who made it.
 * @param now milliseconds since 1970
 */
export async function statedMetadata(
  statement: string,
  trusted: readonly SoftwareIssuer[],
  now: number,
): Promise<JsonObject> {
  const named = issuerOf(statement);
  const by = trusted.find(({ issuer }) => issuer === named);
  if (!by) throw registrationError('unapproved_software_statement', 'Nobody trusts who made the software statement');
  try {
    const payload = await verifiedJwt(statement, keysOf(by.jwks), {
      algorithms: [...keyAlgorithms],
      issuer: by.issuer,
      currentDate: new Date(now),
    });
    return Object.fromEntries(Object.entries(payload as JsonObject).filter(([name]) => !ownClaims.includes(name)));
  } catch {
    throw registrationError('invalid_software_statement', 'The software statement is not genuine or not in its time');
  }
}

function issuerOf(statement: string): unknown {
  try {
    return decodeJwt(statement).iss;
  } catch {
    throw registrationError('invalid_software_statement', 'The software statement is no JWT');
  }
}
