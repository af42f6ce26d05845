import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { forge } from '../../forge/forge.ts';
import { assertionAlgorithms } from '../client-authentication/assertion.ts';
import { authenticate } from '../client-authentication/authenticate.ts';
import { offeredMethods } from '../client-authentication/registration.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { json, methodNotAllowed, Refusal, unstored } from '../http/answer.ts';
import { field, form } from '../http/form.ts';
import { type Client, isPublic } from '../registration/client.ts';
import { contentEncryptions, encrypted, encryptionAlgorithms } from '../tokens/encryption.ts';
import { clientAlgorithms, draftFor } from '../tokens/signing.ts';

/** Token introspection (RFC 7662) for registered clients that can prove themselves. */
export const introspection: EndpointDefinition = {
  name: 'introspection',
  paths: (base) => [`${base}/introspect`],
  answers: 'introspection-answer',
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const parameters = form(request);
    const client = await authenticate(request, parameters, visit);
    if (isPublic(client)) throw new Refusal('invalid_client', 'A public client cannot prove itself');
    const token = parameters.get('token');
    if (!token) throw new Refusal('invalid_request', 'Parameter token is missing');
    visit.about.token = token;
    const refresh = refreshToken(token, client.id, visit);
    const claims = refresh ? undefined : await visit.tokens.active(token, visit.now());
    const known = refresh ?? (claims ? described(claims) : { active: false });
    return wantsJwt(request) ? statement(known, client, visit) : json(200, known, unstored);
  },
  metadata: (household) => ({
    introspection_endpoint: household.endpoints.introspection,
    introspection_endpoint_auth_methods_supported: offeredMethods(household).filter((method) => method !== 'none'),
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    introspection_signing_alg_values_supported: clientAlgorithms,
    introspection_encryption_alg_values_supported: encryptionAlgorithms,
    introspection_encryption_enc_values_supported: contentEncryptions,
  }),
};

/** RFC 7662 §2.2; RFC 9449 §6.2. */
function described(claims: JsonObject): JsonObject {
  const bound = (claims.cnf as JsonObject | undefined)?.jkt !== undefined;
  return { active: true, token_type: bound ? 'DPoP' : 'Bearer', ...claims };
}

const mediaType = 'token-introspection+jwt';

/** RFC 9701 §4. */
const wantsJwt = (request: HttpRequest) =>
  (field(request, 'accept') ?? '')
    .toLowerCase()
    .split(',')
    .some((range) => range.split(';', 1)[0]?.trim() === `application/${mediaType}`);

/** The answer as a JWT for the resource server that asked (RFC 9701 §5). */
async function statement(known: JsonObject, client: Client, visit: Visit): Promise<HttpAnswer> {
  const {
    introspectionSignedResponseAlg: alg,
    introspectionEncryptedResponseAlg,
    introspectionEncryptedResponseEnc,
  } = client;
  const iat = Math.floor(visit.now() / 1000);
  const payload = { iss: visit.issuer, aud: client.id, iat, token_introspection: known };
  const draft = await draftFor(client, { alg, typ: mediaType, payload }, visit);
  const signed = await forge(visit.through('introspection-token', draft));
  const encryption = { alg: introspectionEncryptedResponseAlg, enc: introspectionEncryptedResponseEnc };
  const body = Buffer.from(await encrypted(signed, encryption, client, 'JWT'));
  return { status: 200, headers: [['content-type', `application/${mediaType}`], ...unstored], body };
}

/** Only its own client learns anything about a refresh token. */
function refreshToken(text: string, clientId: string, { families, issuer, now }: Visit): JsonObject | undefined {
  const token = families.find(text);
  if (!token) return undefined;
  const { family, issued, expires } = token;
  if (family.clientId !== clientId || !families.usable(token, now())) return { active: false };
  const [iat, exp] = [issued, expires].map((time) => Math.floor(time / 1000)) as [number, number];
  return { active: true, iss: issuer, sub: family.sub, client_id: clientId, scope: family.scope, iat, exp };
}
