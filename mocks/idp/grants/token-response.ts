import type { JsonObject } from '../../../harness/model/json.ts';
import { type AccessTokenFacts, accessToken } from '../access-token.ts';
import type { TokenRequest } from './grant.ts';

/** A successful response with a new access token (RFC 6749 §5.1). */
export interface TokenResponse extends JsonObject {
  readonly access_token: string;
}

export async function tokenResponse(facts: AccessTokenFacts, { visit }: TokenRequest): Promise<TokenResponse> {
  return {
    access_token: await accessToken(facts, visit),
    token_type: 'Bearer',
    expires_in: visit.lifetime('accessToken'),
    scope: facts.scope,
  };
}
