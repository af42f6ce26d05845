import { askedScope } from '../authorization/asked-scope.ts';
import { authenticate } from '../client-authentication/authenticate.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { cibaType } from '../grants/ciba.ts';
import { json, methodNotAllowed, Refusal, unstored } from '../http/answer.ts';
import { type Form, form } from '../http/form.ts';
import { approve } from '../other-device/approval.ts';
import { hintedUser } from '../other-device/ciba-hints.ts';
import type { PendingRequest } from '../other-device/pending.ts';
import { type Client, demandGrant, isPublic } from '../registration/client.ts';

/** The backchannel authentication endpoint (CIBA Core §7), for clients that poll or are pinged. */
export const backchannelAuthentication: EndpointDefinition = {
  name: 'backchannel-authentication',
  paths: (base) => [`${base}/bc-authorize`],
  answers: 'backchannel-authentication-answer',
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const parameters = form(request);
    const client = await authenticate(request, parameters, visit);
    if (isPublic(client)) throw new Refusal('invalid_client', 'A public client cannot prove itself');
    demandGrant(client, cibaType);
    const asked = await authenticationRequest(parameters, client, visit);
    const { pending } = visit;
    const id = pending.add(asked);
    // The ping need not come before this answer.
    if (visit.autoLogin) void approveAtOnce(id, visit);
    const expiresIn = Math.floor((asked.expires - visit.now()) / 1000);
    return json(200, { auth_req_id: id, expires_in: expiresIn, interval: pending.interval }, unstored);
  },
  metadata: ({ endpoints, call }) => ({
    backchannel_authentication_endpoint: endpoints['backchannel-authentication'],
    backchannel_token_delivery_modes_supported: call ? ['poll', 'ping'] : ['poll'],
    backchannel_user_code_parameter_supported: true,
  }),
};

/** CIBA Core §7.1, §7.2. */
async function authenticationRequest(parameters: Form, client: Client, visit: Visit): Promise<PendingRequest> {
  if (parameters.get('request')) throw new Refusal('invalid_request', 'Send no signed request');
  const scope = parameters.get('scope');
  if (!scope) throw new Refusal('invalid_request', 'scope is missing');
  if (!scope.split(' ').includes('openid')) throw new Refusal('invalid_scope', 'scope must contain openid');
  const user = await hintedUser(parameters, client, visit);
  const acrs = (parameters.get('acr_values') ?? '').split(' ');
  return {
    grant: cibaType,
    clientId: client.id,
    scope: askedScope(scope, client, visit),
    acr: acrs.find((value) => visit.acrs.includes(value)) ?? visit.acrs[0],
    expires: visit.now() + lifetime(parameters, visit) * 1000,
    sub: user.sub,
    bindingMessage: bindingMessage(parameters),
    ...notification(parameters, client, visit),
  };
}

function lifetime(parameters: Form, visit: Visit): number {
  const asked = parameters.get('requested_expiry');
  if (asked !== undefined && !/^[1-9]\d{0,8}$/.test(asked))
    throw new Refusal('invalid_request', 'requested_expiry must be a positive number of seconds');
  return Math.min(visit.lifetime('deviceCode'), Number(asked ?? Number.POSITIVE_INFINITY));
}

/** CIBA Core §7.1: short, and fit for a small display. */
function bindingMessage(parameters: Form): string | undefined {
  const message = parameters.get('binding_message');
  if (message !== undefined && !/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,100}$/u.test(message))
    throw new Refusal('invalid_binding_message', 'binding_message must be plain text of at most 100 characters');
  return message;
}

/** CIBA Core §7.1: `client_notification_token` is a bearer token (RFC 6750 §2.1) for the client's own endpoint. */
function notification(parameters: Form, client: Client, visit: Visit): Pick<PendingRequest, 'notify'> {
  if (client.backchannelTokenDeliveryMode !== 'ping') return {};
  const { backchannelClientNotificationEndpoint: endpoint } = client;
  if (!visit.call || !endpoint)
    throw new Refusal('unauthorized_client', 'This client cannot be pinged: it has no endpoint, or the IdP no way out');
  const token = parameters.get('client_notification_token') ?? '';
  if (!/^[A-Za-z0-9._~+/-]{1,1024}=*$/.test(token) || token.length > 1024)
    throw new Refusal('invalid_request', 'client_notification_token must be a bearer token of at most 1024 characters');
  return { notify: { endpoint, token } };
}

async function approveAtOnce(id: string, visit: Visit): Promise<void> {
  const added = visit.pending.find(id);
  const sub = added?.request.sub;
  if (added && sub) await approve(added, { sub, authTime: Math.floor(visit.now() / 1000), amr: ['pwd'] }, visit);
}
