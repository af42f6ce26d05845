import type { HttpRequest } from '../../../harness/model/http.ts';
import type { Visit } from '../endpoint.ts';
import { collected, field, formOf, queryOf, type SentParameters } from '../http/form.ts';
import type { Client } from '../registration/client.ts';
import { PageError, RedirectError } from './authorization-error.ts';
import { replyToOf } from './authorization-request.ts';
import { requestUriPrefix } from './pushed-requests.ts';
import { isRegistered } from './redirect-uri.ts';
import { requestObject } from './request-object.ts';

/** The parameters of an authorization request, and how they came. */
export interface ReceivedRequest extends SentParameters {
  /** By PAR (RFC 9126). */
  readonly pushed: boolean;
  /** In a request object (RFC 9101). */
  readonly signed: boolean;
}

/** Characters. Requests are kept while their users read a page. */
const longest = 65_536;

/** Parameters from the query, or from the form of a POST (OIDC Core §3.1.2.1). One without a value is absent. */
function parametersOf(request: HttpRequest): SentParameters {
  if (
    request.method === 'POST' &&
    !/^application\/x-www-form-urlencoded *(;|$)/i.test(field(request, 'content-type') ?? '')
  )
    throw new PageError('Content-Type must be application/x-www-form-urlencoded');
  const text = request.method === 'POST' ? Buffer.from(request.body).toString() : queryOf(request);
  if (text.length > longest) throw new PageError('The request is too large');
  return collected(new URLSearchParams(text));
}

/** The request as the IdP understands it, and as the faults leave it. Rejects with a `PageError` or a `RedirectError`. */
export async function receivedRequest(request: HttpRequest, visit: Visit): Promise<ReceivedRequest> {
  const sent = parametersOf(request);
  const client = visit.clients.find(formOf(sent.all).get('client_id') ?? '');
  if (client) visit.about.client = client.id;
  const received = client ? await resolved(sent, client, visit) : asSent(sent);
  return { ...received, all: visit.through('authorize-request', received.all) };
}

const asSent = (sent: SentParameters): ReceivedRequest => ({ ...sent, pushed: false, signed: false });

/**
 * A request object or a reference to one takes the place of all other parameters (RFC 9101 §5, RFC 9126 §4). Rejects
 * with a `PageError`, or with a `RedirectError` if a registered `redirect_uri` stands outside.
 */
export async function resolved(sent: SentParameters, client: Client, visit: Visit): Promise<ReceivedRequest> {
  const { get } = formOf(sent.all);
  const [object, uri] = [get('request'), get('request_uri')];
  if (object === undefined && uri === undefined) return asSent(sent);
  try {
    if (sent.repeated.length > 0) throw new PageError('A parameter stands twice');
    if (object !== undefined && uri !== undefined) throw new PageError('Send request or request_uri, not both');
    if (uri?.startsWith(requestUriPrefix)) return taken(uri, client, visit);
    const all = await requestObject(object ?? (await fetched(uri as string, client, visit)), client, visit);
    return { all, repeated: [], pushed: false, signed: true };
  } catch (problem) {
    const redirectUri = get('redirect_uri');
    if (!(problem instanceof PageError) || !redirectUri || !isRegistered(redirectUri, client.redirectUris ?? []))
      throw problem;
    throw new RedirectError(problem.error, problem.message, replyToOf(client, redirectUri, sent.all));
  }
}

function taken(uri: string, client: Client, visit: Visit): ReceivedRequest {
  visit.about.token = uri;
  const request = visit.pushedRequests.take(uri, client.id, visit.now());
  if (!request)
    throw new PageError('request_uri is unknown, used, expired or not of this client', 'invalid_request_uri');
  return { all: request.parameters, repeated: [], pushed: true, signed: request.signed };
}

/** Only from where the client has registered (OIDC Core §6.2), so that nobody makes the IdP fetch what they like. */
async function fetched(uri: string, { requestUris = [] }: Client, { call, insistsOn }: Visit): Promise<string> {
  if (!call || requestUris.length === 0)
    throw new PageError('request_uri: push the request', 'request_uri_not_supported');
  const unusable = new PageError('request_uri is not registered, or was not answered', 'invalid_request_uri');
  if (!requestUris.includes(uri) && (insistsOn('limitsRequestUris') || !URL.canParse(uri))) throw unusable;
  const [url = ''] = uri.split('#', 1);
  const headers = [['accept', 'application/oauth-authz-req+jwt']] as const;
  const answer = await call({ method: 'GET', url, headers, body: new Uint8Array() }).catch(() => undefined);
  if (answer?.status !== 200 || answer.body.length > 65_536) throw unusable;
  return Buffer.from(answer.body).toString().trim();
}
