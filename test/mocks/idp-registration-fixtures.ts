import type { HttpRequest } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import { read, type World } from './idp-fixtures.ts';
import { callback } from './idp-flow-fixtures.ts';

type Metadata = { readonly [name: string]: unknown };

const bearer = (token: string | undefined): HttpRequest['headers'] =>
  token === undefined ? [] : [['Authorization', `Bearer ${token}`]];

export function registering(metadata: Metadata | string, token?: string, path = '/tenant/register'): HttpRequest {
  const body = Buffer.from(typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  return { method: 'POST', path, headers: [['Content-Type', 'application/json'], ...bearer(token)], body };
}

export interface Registered extends JsonObject {
  readonly client_id: string;
  readonly registration_access_token: string;
  readonly registration_client_uri: string;
}

export const minimal = { redirect_uris: [callback] };

/** A client that registered itself with this metadata. */
export async function register({ idp }: World, metadata: Metadata = minimal): Promise<Registered> {
  return read(await idp.handle(registering(metadata))) as Registered;
}

/** A request to a client's own configuration endpoint. */
export function managing(client: Registered, method: string, metadata?: Metadata, token?: string): HttpRequest {
  const { pathname } = new URL(client.registration_client_uri);
  return { ...registering(metadata ?? '', token ?? client.registration_access_token, pathname), method };
}
