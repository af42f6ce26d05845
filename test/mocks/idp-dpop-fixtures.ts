import { createHash } from 'node:crypto';
import { CompactSign, calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import type { HttpRequest } from '../../harness/model/http.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import { post, start, stranger } from './idp-fixtures.ts';
import { flowWorld, mobile, web } from './idp-flow-fixtures.ts';

export const tokenEndpoint = 'https://127.0.0.1:8443/tenant/token';
export const now = start / 1000;

export interface ProofKey {
  readonly alg: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
  readonly jkt: string;
}

export async function proofKey(alg = 'ES256', slot = 40): Promise<ProofKey> {
  const made = await signingKey(alg, 'proof', slot);
  const { kid: _, alg: __, use: ___, ...publicJwk } = made.publicJwk;
  const jkt = await calculateJwkThumbprint(publicJwk as JWK);
  return { alg, privateJwk: made.privateJwk as JWK, publicJwk: publicJwk as JWK, jkt };
}

export const key = await proofKey();
export const otherKey = await proofKey('ES256', 41);

let count = 0;

/** A proof for the token endpoint with these changes; a member that is `undefined` is left out. */
export async function proof(changes: object = {}, header: object = {}, by = key): Promise<string> {
  count += 1;
  const payload = { jti: `proof-${count}`, htm: 'POST', htu: tokenEndpoint, iat: now, ...changes };
  const alg = (header as { alg?: string }).alg ?? by.alg;
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ typ: 'dpop+jwt', jwk: by.publicJwk, ...header, alg })
    .sign(await importJWK(by.privateJwk, alg));
}

export const ath = (token: string) => createHash('sha256').update(token).digest('base64url');

export function withProof(request: HttpRequest, ...proofs: readonly string[]): HttpRequest {
  return { ...request, headers: [...request.headers, ...proofs.map((one) => ['DPoP', one] as const)] };
}

export const bound = { ...web, id: 'bound', dpopBoundAccessTokens: true };

export const dpopWorld = (options: Parameters<typeof flowWorld>[0] = {}) =>
  flowWorld({
    clients: [web, stranger, { ...mobile, grantTypes: ['authorization_code', 'refresh_token'] }, bound],
    ...options,
  });

export const publicPost = (parameters: { readonly [name: string]: string }) =>
  post('/tenant/token', { client_id: 'mobile', ...parameters }, { authorization: '' });
