import { askedScope } from '../authorization/asked-scope.ts';
import { authenticate } from '../client-authentication/authenticate.ts';
import type { EndpointDefinition } from '../endpoint.ts';
import { deviceCodeType } from '../grants/device-code.ts';
import { json, methodNotAllowed, unstored } from '../http/answer.ts';
import { form } from '../http/form.ts';
import { demandGrant } from '../registration/client.ts';

/** The device authorization endpoint (RFC 8628 §3.1, §3.2). */
export const deviceAuthorization: EndpointDefinition = {
  name: 'device-authorization',
  paths: (base) => [`${base}/device_authorization`],
  answers: 'device-authorization-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const parameters = form(request);
    const client = await authenticate(request, parameters, visit);
    demandGrant(client, deviceCodeType);
    const { pending, acrs } = visit;
    const scope = askedScope(parameters.get('scope'), client, visit);
    const lifetime = visit.lifetime('deviceCode');
    const expires = visit.now() + lifetime * 1000;
    const id = pending.add({ grant: deviceCodeType, clientId: client.id, scope, acr: acrs[0], expires });
    const userCode = pending.nameForUser(id);
    const verificationUri = verificationUriOf(visit);
    const answer = {
      device_code: id,
      user_code: userCode,
      verification_uri: verificationUri,
      verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
      expires_in: lifetime,
      interval: pending.interval,
    };
    return json(200, answer, unstored);
  },
  metadata: ({ endpoints }) => ({ device_authorization_endpoint: endpoints['device-authorization'] }),
};

/** Where the user enters the code (RFC 8628 §3.3). */
export const verificationUriOf = ({ issuer }: { readonly issuer: string }) => `${issuer}/device`;
