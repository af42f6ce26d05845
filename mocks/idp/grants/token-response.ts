import type { JsonObject } from '../../../harness/model/json.ts';
import { type AccessTokenFacts, accessToken } from '../tokens/access-token.ts';
import type { TokenRequest } from './grant.ts';

/** A successful response with a new access token (RFC 6749 §5.1). */
export interface TokenResponse extends JsonObject {
  readonly access_token: string;
}

/** The access token is bound to what the request proved, whatever the grant. */
export async function tokenResponse(
  facts: AccessTokenFacts,
  { visit, confirmation: cnf }: Pick<TokenRequest, 'visit' | 'confirmation'>,
): Promise<TokenResponse> {
  const bound = cnf ? { ...facts, claims: { ...facts.claims, cnf } } : facts;
  return {
    access_token: await accessToken(bound, visit),
    // RFC 8705 §3: a token bound to a certificate is still sent as Bearer.
    token_type: cnf?.jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: visit.lifetime('accessToken'),
    scope: facts.scope,
  };
}
