import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { fetchToken, gateway, get, introspect, read, start, stranger, world } from './idp-fixtures.ts';
import { active, flowWorld, tokensFor, web } from './idp-flow-fixtures.ts';

test.each([
  ['the IdP', { accessTokenFormat: 'opaque' } as const],
  ['the client', { clients: [{ ...gateway, accessTokenFormat: 'opaque' }, stranger] } as const],
])('an opaque token, when %s wants that, is known to introspection', async (_, options) => {
  const it = await world(options);
  const opaque = await fetchToken(it);
  expect(opaque).toMatch(/^[0-9a-f]{64}$/);
  expect(await introspect(it, opaque)).toEqual({
    active: true,
    token_type: 'Bearer',
    iss: it.idp.issuer,
    aud: 'https://api.example',
    sub: 'subject-gateway',
    client_id: 'gateway',
    scope: 'items:read items:write',
    iat: start / 1000,
    exp: start / 1000 + 3600,
    jti: expect.any(String),
  });
  it.clock.skew(3_600_000);
  expect(await introspect(it, opaque)).toEqual({ active: false });
});

test('a client may want JWTs from an IdP that gives opaque tokens', async () => {
  const it = await world({ accessTokenFormat: 'opaque', clients: [{ ...gateway, accessTokenFormat: 'jwt' }] });
  expect((await fetchToken(it)).split('.')).toHaveLength(3);
});

test('UserInfo takes an opaque token until it is revoked', async () => {
  const it = await flowWorld({ accessTokenFormat: 'opaque' });
  const { access_token } = await tokensFor(it);
  const ask = () =>
    it.idp.handle({ ...get('/tenant/userinfo'), headers: [['Authorization', `Bearer ${access_token}`]] });
  expect(read(await ask())).toMatchObject({ sub: 'user-1' });
  expect(await active(it, access_token, web)).toMatchObject({ active: true, sub: 'user-1' });
  it.idp.revoke(access_token);
  expect(read(await ask()).error).toBe('invalid_token');
});

test('a fault on access tokens changes what introspection says of an opaque one', async () => {
  const it = await world({ accessTokenFormat: 'opaque' });
  const clear = it.idp.place(
    { fault: token.audienceOther(), on: 'idp', schedule: { when: 'always' } },
    seeded(1, 'fault'),
  );
  const broken = await fetchToken(it);
  clear();
  expect(await introspect(it, broken)).toMatchObject({ active: true, aud: 'https://other-api.example' });
});
