import { json, methodNotAllowed, Refusal, unstored } from './answer.ts';
import { demandGrant } from './client.ts';
import { authenticate } from './client-authentication.ts';
import type { EndpointHandler } from './endpoint.ts';
import { form } from './form.ts';
import { grants } from './grants/index.ts';
import { quoted } from './scope.ts';

/** The token endpoint (RFC 6749 §3.2). */
export const token: EndpointHandler = async (request, visit) => {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const parameters = form(request);
  const type = parameters.get('grant_type');
  if (!type) throw new Refusal('invalid_request', 'grant_type is missing');
  const client = await authenticate(request, parameters, visit);
  const grant = grants.get(type);
  if (!grant) throw new Refusal('unsupported_grant_type', `Grant type ${quoted(type)} is not offered`);
  demandGrant(client, type);
  return json(200, await grant(parameters, client, visit), unstored);
};
