import { assertionAlgorithms } from '../client-authentication/assertion.ts';
import { authenticate } from '../client-authentication/authenticate.ts';
import { offeredMethods } from '../client-authentication/registration.ts';
import type { EndpointDefinition } from '../endpoint.ts';
import { methodNotAllowed, Refusal, unstored } from '../http/answer.ts';
import { form } from '../http/form.ts';

/**
 * Token revocation (RFC 7009): 200 also for a token that is unknown (§2.2), a refusal for another client's (§2.1). A
 * refresh token takes with it every token of the same grant (§2.1).
 */
export const revocation: EndpointDefinition = {
  name: 'revocation',
  paths: (base) => [`${base}/revoke`],
  answers: 'revocation-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const parameters = form(request);
    const client = await authenticate(request, parameters, visit);
    const token = parameters.get('token');
    if (!token) throw new Refusal('invalid_request', 'Parameter token is missing');
    visit.about.token = token;
    const refresh = visit.families.find(token);
    const claims = refresh ? undefined : await visit.tokens.active(token, visit.now());
    const owner = refresh?.family.clientId ?? claims?.client_id;
    if (owner !== undefined && owner !== client.id && visit.insistsOn('bindsRevocation'))
      throw new Refusal('invalid_grant', 'The token was issued to another client');
    if (visit.insistsOn('heedsRevocation')) {
      if (refresh) visit.families.revoke(refresh.family);
      if (claims) visit.tokens.revoke(token);
    }
    return { status: 200, headers: unstored, body: new Uint8Array() };
  },
  metadata: (household) => ({
    revocation_endpoint: household.endpoints.revocation,
    revocation_endpoint_auth_methods_supported: offeredMethods(household),
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
  }),
};
