import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { clientAlgorithms } from '../../mocks/idp/tokens/signing.ts';
import {
  basic,
  fetchToken,
  field,
  gateway,
  get,
  paths,
  post,
  read,
  start,
  stranger,
  text,
  type World,
  world,
} from './idp-fixtures.ts';
import { flowWorld, tokensFor, web } from './idp-flow-fixtures.ts';

const currentDate = new Date(start);

const verified = async ({ idp }: World, jwt: string, alg: string, secret: string, audience: string, typ: string) => {
  const options = { issuer: idp.issuer, audience, algorithms: [alg], typ, currentDate };
  if (alg.startsWith('HS')) return (await jwtVerify(jwt, Buffer.from(secret), options)).payload;
  const set = createLocalJWKSet(read(await idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet);
  return (await jwtVerify(jwt, set, options)).payload;
};

test.each(clientAlgorithms)('UserInfo signed with %s (OIDC Core §5.3.2)', async (alg) => {
  const it = await flowWorld({ clients: [{ ...web, userinfoSignedResponseAlg: alg }] });
  const { access_token } = await tokensFor(it);
  const headers = [['Authorization', `Bearer ${access_token}`]] as const;
  const answer = await it.idp.handle({ ...get('/tenant/userinfo'), headers });
  expect([answer.status, field(answer, 'content-type')]).toEqual([200, 'application/jwt']);
  expect(await verified(it, text(answer), alg, web.secret, web.id, 'JWT')).toEqual({
    iss: it.idp.issuer,
    aud: web.id,
    sub: 'user-1',
    email: 'alice@example.com',
    email_verified: true,
  });
});

const mediaType = 'application/token-introspection+jwt';
const introspecting = (token: string, accept: string) => {
  const asked = post(paths.introspection, { token }, { authorization: basic(gateway) });
  return { ...asked, headers: [...asked.headers, ['Accept', accept] as const] };
};

test.each(['RS256', 'PS384', 'ES256', 'EdDSA', 'HS512'])('introspection signed with %s (RFC 9701 §5)', async (alg) => {
  const it = await world({ clients: [{ ...gateway, introspectionSignedResponseAlg: alg }, stranger] });
  const answer = await it.idp.handle(introspecting(await fetchToken(it), mediaType));
  expect([answer.status, field(answer, 'content-type')]).toEqual([200, mediaType]);
  const payload = await verified(it, text(answer), alg, gateway.secret, gateway.id, 'token-introspection+jwt');
  expect(payload).toEqual({
    iss: it.idp.issuer,
    aud: gateway.id,
    iat: start / 1000,
    token_introspection: expect.objectContaining({ active: true, client_id: 'gateway', token_type: 'Bearer' }),
  });
  const inactive = await it.idp.handle(introspecting('unknown', mediaType));
  const said = await verified(it, text(inactive), alg, gateway.secret, gateway.id, 'token-introspection+jwt');
  expect(said.token_introspection).toEqual({ active: false });
});

test.each([
  ['application/json', 'application/json'],
  ['*/*', 'application/json'],
  ['Application/Token-Introspection+JWT;q=1, application/json', mediaType],
])('introspection for Accept %s is %s', async (accept, type) => {
  const it = await world();
  expect(field(await it.idp.handle(introspecting('x', accept)), 'content-type')).toBe(type);
});

test('RFC 6750 §2.2: UserInfo takes an access token in a form, and not in two places', async () => {
  const it = await flowWorld();
  const { access_token } = await tokensFor(it);
  const inForm = post('/tenant/userinfo', { access_token }, { authorization: '' });
  expect(read(await it.idp.handle(inForm))).toMatchObject({ sub: 'user-1' });
  const twice = { ...inForm, headers: [...inForm.headers, ['Authorization', `Bearer ${access_token}`] as const] };
  expect(read(await it.idp.handle(twice)).error).toBe('invalid_request');
  const none = await it.idp.handle(post('/tenant/userinfo', { other: 'x' }, { authorization: '' }));
  expect([none.status, text(none)]).toEqual([401, '']);
});
