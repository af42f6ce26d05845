import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { Parameters } from '../../../harness/model/issuing.ts';
import { PageError, RedirectError } from '../authorization/authorization-error.ts';
import { authorizationRequest } from '../authorization/authorization-request.ts';
import { type ReceivedRequest, resolved } from '../authorization/sent-request.ts';
import { authenticate } from '../client-authentication/authenticate.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { json, methodNotAllowed, Refusal, unstored } from '../http/answer.ts';
import { form } from '../http/form.ts';
import type { Client } from '../registration/client.ts';
import { nonceFor, provenKeyOrRefusal } from '../sender-constraint/dpop.ts';

/** Bytes. */
const longest = 65_536;

/** Parameters that prove the client and are no part of the authorization request. */
const credentials = ['client_secret', 'client_assertion', 'client_assertion_type'];

/** Pushed authorization requests (RFC 9126 §2). */
export const pushedAuthorization: EndpointDefinition = {
  name: 'pushed-authorization',
  paths: (base) => [`${base}/par`],
  answers: 'pushed-authorization-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    if (request.body.length > longest) return refusal('invalid_request', 'The request is too large', 413);
    const sent = form(request);
    const client = await authenticate(request, sent, visit);
    if (sent.get('request_uri')) throw new Refusal('invalid_request', 'A pushed request has no request_uri');
    const jkt = await provenKeyOrRefusal(request, visit);
    const own = Object.entries(sent.all).filter(([name]) => !credentials.includes(name));
    const all = { ...Object.fromEntries(own), client_id: client.id };
    const answer = await pushed(all, jkt, client, visit);
    return { ...answer, headers: [...answer.headers, ...nonceFor(request, visit)] };
  },
  metadata: ({ endpoints, requires }) => ({
    pushed_authorization_request_endpoint: endpoints['pushed-authorization'],
    require_pushed_authorization_requests: requires.pushed,
  }),
};

/** What would be refused at the authorization endpoint is refused here already (RFC 9126 §2.1). */
async function pushed(sent: Parameters, jkt: string | undefined, client: Client, visit: Visit): Promise<HttpAnswer> {
  try {
    const received = await resolved({ all: sent, repeated: [] }, client, visit);
    const { all, signed } = bound(received, jkt);
    await authorizationRequest({ all, repeated: [], pushed: true, signed }, visit);
    const seconds = visit.lifetime('requestUri');
    const expires = visit.now() + seconds * 1000;
    const request_uri = visit.pushedRequests.add({ clientId: client.id, parameters: all, signed, expires });
    return json(201, { request_uri, expires_in: seconds }, unstored);
  } catch (problem) {
    if (problem instanceof PageError || problem instanceof RedirectError)
      return refusal(problem.error, problem.message);
    throw problem;
  }
}

/** The code will be bound to the key of a proof that came along (RFC 9449 §10.1). */
function bound({ all, signed }: ReceivedRequest, jkt: string | undefined) {
  if (jkt === undefined) return { all, signed };
  if ((all.dpop_jkt || jkt) !== jkt) throw new PageError('dpop_jkt is not the key of the proof', 'invalid_dpop_proof');
  return { all: { ...all, dpop_jkt: jkt }, signed };
}

const refusal = (error: string, error_description: string, status = 400) =>
  json(status, { error, error_description }, unstored);
