import type { HttpRequest } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { Visit } from '../endpoint.ts';
import { Refusal } from '../http/answer.ts';
import type { Client } from '../registration/client.ts';
import { thumbprint } from './certificate.ts';
import { provenKeyOrRefusal } from './dpop.ts';

/**
 * What the tokens of this request are bound to, as `cnf` says it (RFC 7800 §3.1): the key of the DPoP proof (`jkt`,
 * RFC 9449 §6.1) and the client's certificate (`x5t#S256`, RFC 8705 §3.1); `undefined` for bearer tokens. Throws a
 * `Refusal` for a proof that does not hold, and when the client may not do without.
 */
export async function confirmationOf(
  request: HttpRequest,
  client: Client,
  visit: Visit,
): Promise<JsonObject | undefined> {
  const jkt = await provenKeyOrRefusal(request, visit);
  if (jkt === undefined && client.dpopBoundAccessTokens)
    throw new Refusal('invalid_request', 'This client needs a DPoP proof');
  if (!client.tlsClientCertificateBoundAccessTokens) return jkt === undefined ? undefined : { jkt };
  if (!request.clientCertificate)
    throw new Refusal('invalid_request', 'This client needs a certificate in its TLS handshake');
  return { ...(jkt !== undefined && { jkt }), 'x5t#S256': thumbprint(request.clientCertificate) };
}
