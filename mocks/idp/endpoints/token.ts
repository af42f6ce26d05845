import { json, methodNotAllowed, Refusal, unstored } from '../answer.ts';
import { demandGrant } from '../client.ts';
import { assertionAlgorithms } from '../client-authentication/assertion.ts';
import { authenticationMethods } from '../client-authentication/registration.ts';
import { authenticate } from '../client-authentication.ts';
import type { EndpointDefinition } from '../endpoint.ts';
import { form, formOf } from '../form.ts';
import { grants } from '../grants/index.ts';
import { quoted } from '../scope.ts';

/** The token endpoint (RFC 6749 §3.2). */
export const token: EndpointDefinition = {
  name: 'token',
  paths: (base) => [`${base}/token`],
  answers: 'token-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const sent = form(request);
    const client = await authenticate(request, sent, visit);
    const parameters = formOf(visit.through('token-request', sent.all));
    const type = parameters.get('grant_type');
    if (!type) throw new Refusal('invalid_request', 'grant_type is missing');
    const grant = grants.find((each) => each.type === type);
    if (!grant) throw new Refusal('unsupported_grant_type', `Grant type ${quoted(type)} is not offered`);
    demandGrant(client, type);
    return json(200, await grant.answer({ form: parameters, client, visit }), unstored);
  },
  metadata: ({ endpoints }) => ({
    token_endpoint: endpoints.token,
    grant_types_supported: grants.map(({ type }) => type),
    token_endpoint_auth_methods_supported: authenticationMethods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
  }),
};
