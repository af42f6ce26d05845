import type { AuthorizationResponse } from '../../../harness/model/issuing.ts';
import { forge } from '../../forge/forge.ts';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';
import { encrypted } from '../tokens/encryption.ts';
import { draftFor } from '../tokens/signing.ts';

/** Seconds. JARM §2.1 recommends ten minutes at most. */
const lifetime = 600;

/** An authorization response as a JWT for its client, signed, and encrypted if it registered for that (JARM §2.1). */
export async function asJwt(
  response: AuthorizationResponse,
  client: Client,
  visit: Visit,
): Promise<AuthorizationResponse> {
  const { authorizationSignedResponseAlg, authorizationEncryptedResponseAlg, authorizationEncryptedResponseEnc } =
    client;
  const exp = Math.floor(visit.now() / 1000) + lifetime;
  const payload = { iss: visit.issuer, aud: client.id, exp, ...response.parameters };
  const draft = await draftFor(client, { alg: authorizationSignedResponseAlg, typ: 'JWT', payload }, visit);
  const signed = await forge(visit.through('response-token', draft));
  const encryption = { alg: authorizationEncryptedResponseAlg, enc: authorizationEncryptedResponseEnc };
  return { ...response, parameters: { response: await encrypted(signed, encryption, client, 'JWT') } };
}
