import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import { seeded } from '../../harness/random.ts';
import { type AdjustableClock, createClock } from '../../mocks/clock/clock.ts';
import { createIdp, type Idp, type IdpOptions } from '../../mocks/idp/idp.ts';

export const start = 1_700_000_000_000;
export const gateway = { id: 'gateway', secret: 'it is: a secret/100%' };
export const stranger = { id: 'stranger', secret: 'other' };

export interface World {
  readonly idp: Idp;
  readonly clock: AdjustableClock;
}

export async function world(options: Partial<IdpOptions> = {}): Promise<World> {
  const clock = createClock({ base: { now: () => start } });
  const idp = await createIdp({
    issuer: 'https://127.0.0.1:8443/tenant',
    audience: 'https://api.example',
    scope: 'items:read items:write',
    clock,
    random: seeded(1, options.issuer ?? 'idp'),
    clients: [gateway, stranger],
    attackerUrl: 'https://127.0.0.1:9443/jwks',
    ...options,
  });
  return { idp, clock };
}

export const get = (path: string, method = 'GET'): HttpRequest => ({
  method,
  path,
  headers: [],
  body: new Uint8Array(),
});

const encoded = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');

export const basic = ({ id, secret }: { readonly id: string; readonly secret: string }) =>
  `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`;

/** A form posted with Basic authentication, the gateway's when nothing else is said. */
export function post(
  path: string,
  form: string | { readonly [name: string]: string },
  {
    authorization = basic(gateway),
    type = 'application/x-www-form-urlencoded',
  }: { authorization?: string; type?: string } = {},
): HttpRequest {
  const signed: HttpRequest['headers'] = authorization ? [['Authorization', authorization]] : [];
  const headers: HttpRequest['headers'] = [['Content-Type', type], ...signed];
  return { method: 'POST', path, headers, body: Buffer.from(new URLSearchParams(form).toString()) };
}

export const field = ({ headers }: HttpAnswer, name: string) =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1];

export const text = ({ body }: HttpAnswer) => Buffer.from(body).toString();

export const read = (answer: HttpAnswer): JsonObject => JSON.parse(text(answer));

export const paths = {
  token: '/tenant/token',
  introspection: '/tenant/introspect',
  revocation: '/tenant/revoke',
  jwks: '/tenant/jwks',
};

/** A client's token from the token endpoint. */
export async function fetchToken({ idp }: World, authorization = basic(gateway)): Promise<string> {
  return String(
    read(await idp.handle(post(paths.token, { grant_type: 'client_credentials' }, { authorization }))).access_token,
  );
}

export async function introspect({ idp }: World, token: string): Promise<JsonObject> {
  return read(await idp.handle(post(paths.introspection, { token })));
}
