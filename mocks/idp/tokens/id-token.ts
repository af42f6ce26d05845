import type { JsonObject } from '../../../harness/model/json.ts';
import { forge } from '../../forge/forge.ts';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';
import { encrypted } from './encryption.ts';
import type { Family } from './families.ts';
import { draftFor, halfHash, idTokenAlgorithm } from './signing.ts';
import { subjectFor } from './subject.ts';

/** What an ID token is about. */
export interface IdTokenFacts {
  readonly family: Family;
  /** The one that comes with it. */
  readonly accessToken?: string | undefined;
  /** The code that comes with it through the browser (OIDC Core §3.3.2.11). */
  readonly code?: string | undefined;
  /** `state` of the authorization request that it answers (FAPI 1.0 Advanced §5.1). */
  readonly state?: string | undefined;
  /** What it tells of the user. */
  readonly told?: JsonObject | undefined;
  readonly nonce?: string | undefined;
  /** Another one has gone before it. */
  readonly refreshed?: boolean | undefined;
}

/** An ID token (OIDC Core §2) with the hashes of what comes with it (§3.1.3.6), signed, and encrypted if the client registered for it. */
export async function idToken(facts: IdTokenFacts, client: Client, visit: Visit): Promise<string> {
  const { family, accessToken, code, state, nonce, refreshed, told } = facts;
  const alg = idTokenAlgorithm(client, visit);
  const now = Math.floor(visit.now() / 1000);
  const hash = (name: string, text?: string) => text !== undefined && { [name]: halfHash(alg, text) };
  const payload = {
    ...visit.users.find(family.sub)?.customClaims,
    ...told,
    iss: visit.issuer,
    sub: subjectFor(client, family.sub, visit),
    // A single audience, so that no azp is needed (OIDC Core §3.1.3.7).
    aud: client.id,
    exp: now + visit.lifetime('idToken'),
    iat: now,
    auth_time: family.authTime,
    ...(family.sid !== undefined && { sid: family.sid }),
    ...(nonce !== undefined && { nonce }),
    acr: family.acr,
    amr: family.amr,
    ...hash('at_hash', accessToken),
    ...hash('c_hash', code),
    ...hash('s_hash', state),
  };
  const draft = visit.through('id-token', await draftFor(client, { alg, typ: 'JWT', payload, refreshed }, visit));
  const { idTokenEncryptedResponseAlg, idTokenEncryptedResponseEnc } = client;
  const encryption = { alg: idTokenEncryptedResponseAlg, enc: idTokenEncryptedResponseEnc };
  return encrypted(await forge(draft), encryption, client, 'JWT');
}
