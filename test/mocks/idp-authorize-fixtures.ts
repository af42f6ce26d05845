import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { HttpAnswer } from '../../harness/model/http.ts';
import { field, get, paths, read, start, type World } from './idp-fixtures.ts';

/** The parameters in the fragment of a redirection. */
export const inFragment = (answer: HttpAnswer): { readonly [name: string]: string } =>
  Object.fromEntries(new URLSearchParams(new URL(field(answer, 'location') ?? 'x:').hash.slice(1)));

export async function metadata({ idp }: World) {
  return read(await idp.handle(get('/tenant/.well-known/openid-configuration')));
}

/** The claims of a JWT that the IdP's published keys signed, as of the beginning. */
export async function verified({ idp }: World, jwt: unknown): Promise<JWTPayload> {
  const keys = createLocalJWKSet(read(await idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet);
  const { payload } = await jwtVerify(String(jwt), keys, { issuer: idp.issuer, currentDate: new Date(start) });
  return payload;
}
