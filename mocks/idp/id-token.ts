import { forge } from '../forge/forge.ts';
import type { Client } from './client.ts';
import type { Visit } from './endpoint.ts';
import type { Family } from './families.ts';
import { draftFor, halfHash, idTokenAlgorithm } from './signing.ts';

/** What an ID token is about. */
interface IdTokenFacts {
  readonly family: Family;
  readonly accessToken: string;
  readonly nonce: string | undefined;
}

/** An ID token (OIDC Core §2) with `at_hash` (§3.1.3.6), signed with the algorithm that the client registered. */
export async function idToken(facts: IdTokenFacts, client: Client, visit: Visit): Promise<string> {
  const { family, accessToken, nonce } = facts;
  const alg = idTokenAlgorithm(client);
  const now = Math.floor(visit.now() / 1000);
  const payload = {
    iss: visit.issuer,
    sub: family.sub,
    // A single audience, so that no azp is needed (OIDC Core §3.1.3.7).
    aud: client.id,
    exp: now + visit.lifetime('idToken'),
    iat: now,
    auth_time: family.authTime,
    ...(nonce !== undefined && { nonce }),
    acr: family.acr,
    amr: family.amr,
    at_hash: halfHash(alg, accessToken),
  };
  const draft = visit.through('id-token', await draftFor(client, { alg, typ: 'JWT', payload }, visit));
  return forge(draft);
}
