import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { json, methodNotAllowed, unstored } from '../http/answer.ts';
import { bearerToken, demandBearer } from '../http/bearer.ts';
import { field } from '../http/form.ts';
import type { Client } from '../registration/client.ts';
import { withDocuments } from '../registration/client-documents.ts';
import { clientFromMetadata, MetadataError, metadataOfClient } from '../registration/registration-metadata.ts';
import { checkRegistration, needsSecret, registrationError, withDefaults } from '../registration/registration-rules.ts';
import type { Registration } from '../registration/registrations.ts';
import { statedMetadata } from '../registration/software-statement.ts';

/** Dynamic client registration (RFC 7591) and, under the path of each client, its management (RFC 7592). */
export const registration: EndpointDefinition = {
  name: 'registration',
  paths: (base) => [`${base}/register`, `${base}/register/*`],
  answers: 'registration-answer',
  crossOrigin: true,
  handle(request, visit) {
    const [path = ''] = request.path.split('?', 1);
    const [, id] = /\/register\/(.*)$/.exec(path) ?? [];
    return id === undefined ? register(request, visit) : manage(id, request, visit);
  },
  metadata: ({ endpoints }) => ({ registration_endpoint: endpoints.registration }),
};

async function register(request: HttpRequest, visit: Visit): Promise<HttpAnswer> {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const { initialAccessToken } = visit.registrationPolicy;
  if (initialAccessToken !== undefined) demandBearer(bearerToken(request), initialAccessToken);
  const { registrations } = visit;
  const client = await described(registrations.newId(), undefined, metadataIn(request), visit);
  visit.about.client = client.id;
  return json(201, information(registrations.add(client, Math.floor(visit.now() / 1000)), visit), unstored);
}

async function manage(id: string, request: HttpRequest, visit: Visit): Promise<HttpAnswer> {
  const { registrations } = visit;
  visit.about.client = id;
  const known = registrations.find(id);
  // RFC 7592 §2.1: for a client that is not there, no token is valid.
  demandBearer(bearerToken(request), known?.accessToken);
  switch (request.method) {
    case 'GET':
      return json(200, information(known as Registration, visit), unstored);
    case 'PUT': {
      const client = await changed((known as Registration).client, metadataIn(request), visit);
      // It may have been deleted while its documents were fetched.
      const still = registrations.find(id);
      demandBearer(bearerToken(request), still?.accessToken);
      return json(200, information(registrations.update(still as Registration, client), visit), unstored);
    }
    case 'DELETE':
      registrations.remove(id);
      // RFC 7592 §2.3: nothing that it holds is valid any longer.
      visit.families.revokeWhere(({ clientId }) => clientId === id);
      visit.tokens.revokeClient(id);
      return { status: 204, headers: unstored, body: new Uint8Array() };
    default:
      return methodNotAllowed('GET, PUT, DELETE');
  }
}

/** RFC 7592 §2.2: what the client says takes the place of all that it said before, but not of its credentials. */
async function changed({ id, secret }: Client, metadata: JsonObject, visit: Visit): Promise<Client> {
  for (const name of ['registration_access_token', 'registration_client_uri', 'client_id_issued_at'])
    if (name in metadata) throw refused(`${name} is not for the client to say`);
  if ('client_secret_expires_at' in metadata) throw refused('client_secret_expires_at is not for the client to say');
  if (metadata.client_id !== id) throw refused('client_id must be that of the client');
  if ((metadata.client_secret ?? secret) !== secret) throw refused('client_secret must be that of the client');
  return described(id, secret, metadata, visit);
}

/** A client as it wants to be, if this server can serve it. */
async function described(id: string, secret: string | undefined, metadata: JsonObject, visit: Visit): Promise<Client> {
  const { software_statement: statement } = metadata;
  if (statement !== undefined && typeof statement !== 'string')
    throw registrationError('invalid_software_statement', 'The software statement is no JWT');
  const stated =
    statement && (await statedMetadata(statement, visit.registrationPolicy.softwareIssuers ?? [], visit.now()));
  const client = withDefaults(understood(id, { ...metadata, ...(stated || {}) }));
  checkRegistration(client, visit.metadata());
  const whole = await withDocuments(client, visit.call);
  return needsSecret(whole) ? { ...whole, secret: secret ?? visit.registrations.newSecret() } : whole;
}

function understood(id: string, metadata: JsonObject): Client {
  try {
    return clientFromMetadata(id, undefined, metadata);
  } catch (problem) {
    if (!(problem instanceof MetadataError)) throw problem;
    const { member, message } = problem;
    throw registrationError(member === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata', message);
  }
}

/** The client information response (RFC 7591 §3.2.1, RFC 7592 §3). */
function information({ client, accessToken, issuedAt }: Registration, { endpoints }: Visit): JsonObject {
  return {
    ...metadataOfClient(client),
    client_id_issued_at: issuedAt,
    // It never expires.
    ...(client.secret !== undefined && { client_secret_expires_at: 0 }),
    registration_access_token: accessToken,
    registration_client_uri: `${endpoints.registration}/${client.id}`,
  };
}

function metadataIn(request: HttpRequest): JsonObject {
  if (!/^application\/json *(;|$)/i.test(field(request, 'content-type') ?? ''))
    throw refused('Content-Type must be application/json');
  if (request.body.length > 65_536) throw refused('The metadata is longer than 64 KiB');
  try {
    const metadata = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
    if (typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)) return metadata;
  } catch {
    // Answered below.
  }
  throw refused('The body must be a JSON object');
}

const refused = (why: string) => registrationError('invalid_client_metadata', why);
