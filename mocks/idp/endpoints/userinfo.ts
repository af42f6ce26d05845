import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { forge } from '../../forge/forge.ts';
import { toldOnRequest } from '../authorization/requested-claims.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { json, methodNotAllowed, unstored } from '../http/answer.ts';
import type { Client } from '../registration/client.ts';
import { nonceFor } from '../sender-constraint/dpop.ts';
import { claimsFor } from '../sessions/users.ts';
import { contentEncryptions, encrypted, encryptionAlgorithms } from '../tokens/encryption.ts';
import { challenge, presentedToken } from '../tokens/presented-token.ts';
import { clientAlgorithms, draftFor } from '../tokens/signing.ts';
import { subjectFor } from '../tokens/subject.ts';

/** UserInfo (OIDC Core §5.3) for an access token with the scope `openid`. */
export const userinfo: EndpointDefinition = {
  name: 'userinfo',
  paths: (base) => [`${base}/userinfo`],
  answers: 'userinfo-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST');
    const claims = await presentedToken(request, visit);
    const scheme = (claims.cnf as JsonObject | undefined)?.jkt === undefined ? 'Bearer' : 'DPoP';
    const scope = String(claims.scope ?? '');
    if (!scope.split(' ').includes('openid')) {
      const error_description = 'The access token lacks the scope openid';
      throw challenge(403, scheme, { error: 'insufficient_scope', error_description, scope: 'openid' });
    }
    const user = visit.users.find(String(claims.sub));
    if (!user)
      throw challenge(401, scheme, {
        error: 'invalid_token',
        error_description: 'The access token is about nobody who is known',
      });
    const client = visit.clients.find(String(claims.client_id));
    const asked = visit.userinfoRequests.get(String(visit.about.token));
    const all = {
      ...claimsFor(user, scope),
      ...(asked && toldOnRequest(user, asked)),
      sub: subjectFor(client, user.sub, visit),
    };
    const answer = await told(all, client, visit);
    return { ...answer, headers: [...answer.headers, ...nonceFor(request, visit)] };
  },
  metadata: ({ endpoints }) => ({
    userinfo_endpoint: endpoints.userinfo,
    userinfo_signing_alg_values_supported: clientAlgorithms,
    userinfo_encryption_alg_values_supported: encryptionAlgorithms,
    userinfo_encryption_enc_values_supported: contentEncryptions,
  }),
};

/** Plain JSON, or a JWT when the client has registered for one: signed, encrypted or both (OIDC Core §5.3.2). */
async function told(claims: JsonObject, client: Client | undefined, visit: Visit): Promise<HttpAnswer> {
  const { userinfoSignedResponseAlg: alg, userinfoEncryptedResponseAlg: keyAlg } = client ?? {};
  if (!client || (alg === undefined && keyAlg === undefined)) return json(200, claims, unstored);
  const signed = alg === undefined ? JSON.stringify(claims) : await statement(claims, alg, client, visit);
  const cty = alg === undefined ? undefined : 'JWT';
  const text = await encrypted(signed, { alg: keyAlg, enc: client.userinfoEncryptedResponseEnc }, client, cty);
  return { status: 200, headers: [['content-type', 'application/jwt'], ...unstored], body: Buffer.from(text) };
}

async function statement(claims: JsonObject, alg: string, client: Client, visit: Visit): Promise<string> {
  const payload = { ...claims, iss: visit.issuer, aud: client.id };
  return forge(visit.through('userinfo-token', await draftFor(client, { alg, typ: 'JWT', payload }, visit)));
}
