import type { JSONWebKeySet } from 'jose';
import type { Json } from '../../../harness/model/json.ts';
import type { Call } from '../outgoing.ts';
import type { Client } from './client.ts';
import { isPublicSet } from './registration-metadata.ts';
import { registrationError } from './registration-rules.ts';

/**
 * A client with the documents that it only points to: its keys are fetched now and then kept, and its sector must name
 * all its redirection URIs (OpenID Connect Registration §5). Rejects with a `Refusal`.
 */
export async function withDocuments(client: Client, call: Call | undefined): Promise<Client> {
  const sector = client.profile?.sector_identifier_uri;
  if (sector !== undefined) {
    const uris = await fetched('sector_identifier_uri', String(sector), call);
    const named = (uri: string) => Array.isArray(uris) && uris.includes(uri);
    if (!(client.redirectUris ?? []).every(named))
      throw refused('sector_identifier_uri does not name every redirect_uri');
  }
  if (client.jwksUri === undefined) return client;
  const jwks = await fetched('jwks_uri', client.jwksUri, call);
  if (!isPublicSet(jwks)) throw refused('jwks_uri has no JWK Set of public keys');
  return { ...client, jwks: jwks as unknown as JSONWebKeySet };
}

async function fetched(member: string, url: string, call: Call | undefined): Promise<Json> {
  if (!call) throw refused(`${member} cannot be fetched from here`);
  try {
    const headers = [['accept', 'application/json']] as const;
    const { status, body } = await call({ method: 'GET', url, headers, body: new Uint8Array() });
    if (status === 200 && body.length <= 1024 * 1024) return JSON.parse(Buffer.from(body).toString());
  } catch {
    // Answered below: for the client it is all the same why.
  }
  throw refused(`${member} was not answered with a JSON document`);
}

const refused = (why: string) => registrationError('invalid_client_metadata', why);
