import type { HttpRequest } from '../../../harness/model/http.ts';
import { assertionAlgorithms } from '../client-authentication/assertion.ts';
import { authenticate } from '../client-authentication/authenticate.ts';
import { offeredMethods } from '../client-authentication/registration.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { json, methodNotAllowed, Refusal, unstored } from '../http/answer.ts';
import { type Form, field, form, formOf } from '../http/form.ts';
import { type Client, demandGrant } from '../registration/client.ts';
import { confirmationOf } from '../sender-constraint/confirmation.ts';
import { nonceFor, proofAlgorithms } from '../sender-constraint/dpop.ts';
import { quoted } from '../tokens/scope.ts';

/** The token endpoint (RFC 6749 §3.2). */
export const token: EndpointDefinition = {
  name: 'token',
  paths: (base) => [`${base}/token`],
  answers: 'token-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const sent = form(request);
    const client = presenter(request, sent, visit) ?? (await authenticate(request, sent, visit));
    const parameters = formOf(visit.through('token-request', sent.all));
    const type = parameters.get('grant_type');
    if (!type) throw new Refusal('invalid_request', 'grant_type is missing');
    const grant = visit.grants.find((each) => each.type === type);
    if (!grant) throw new Refusal('unsupported_grant_type', `Grant type ${quoted(type)} is not offered`);
    if (visit.insistsOn('limitsGrants')) demandGrant(client, type);
    const confirmation = await confirmationOf(request, client, visit);
    const answer = await grant.answer({ form: parameters, client, visit, confirmation });
    return json(200, answer, [...unstored, ...nonceFor(request, visit)]);
  },
  metadata: (household) => ({
    token_endpoint: household.endpoints.token,
    // Of the response types with an ID token, `implicit` is the grant type (OpenID Connect Registration §2).
    grant_types_supported: [...household.grants.map(({ type }) => type), 'implicit'],
    token_endpoint_auth_methods_supported: offeredMethods(household),
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    dpop_signing_alg_values_supported: proofAlgorithms,
    ...(household.clientCertificates && { tls_client_certificate_bound_access_tokens: true }),
  }),
};

const credentials = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'];

/** Whose the grant is, in a request that says nothing of a client: the grant itself will prove it (RFC 7521 §4.1). */
function presenter(request: HttpRequest, sent: Form, visit: Visit): Client | undefined {
  if (field(request, 'authorization') !== undefined || credentials.some((name) => name in sent.all)) return undefined;
  const grant = visit.grants.find(({ type }) => type === sent.get('grant_type'));
  const client = grant?.client?.(sent, visit);
  if (client) visit.about.client = client.id;
  return client;
}
