import { expect, test } from 'vitest';
import { createApi } from '../../mocks/api/api.ts';
import { field, get, read } from './idp-fixtures.ts';

const about = {
  resource: 'https://api.example:8443/v1',
  authorizationServers: ['https://idp.example/tenant'],
  scopes: ['items:read', 'items:write'],
};

test('the API says whose tokens it takes', async () => {
  const api = createApi({ ...about, dpopSigningAlgs: ['ES256'], certificateBound: true });
  const answer = await api.handle(get('/.well-known/oauth-protected-resource/v1'));
  expect([answer.status, field(answer, 'content-type')]).toEqual([200, 'application/json']);
  expect(field(answer, 'access-control-allow-origin')).toBe('*');
  expect(read(answer)).toEqual({
    resource: 'https://api.example:8443/v1',
    authorization_servers: ['https://idp.example/tenant'],
    scopes_supported: ['items:read', 'items:write'],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: ['ES256'],
    tls_client_certificate_bound_access_tokens: true,
  });
  const posted = await api.handle(get('/.well-known/oauth-protected-resource/v1', 'POST'));
  expect([posted.status, field(posted, 'allow')]).toEqual([405, 'GET, HEAD']);
});

test('a request without credentials is told where to read about them', async () => {
  const metadata = 'https://api.example:8443/.well-known/oauth-protected-resource/v1';
  const bare = await createApi(about).handle(get('/v1/items'));
  expect([bare.status, bare.headers]).toEqual([
    401,
    [['www-authenticate', `Bearer resource_metadata="${metadata}", scope="items:read items:write"`]],
  ]);
  const { pathname } = new URL(metadata);
  expect((await createApi(about).handle(get(pathname))).status).toBe(200);
  const strict = createApi({ ...about, dpopSigningAlgs: ['ES256'], dpopRequired: true });
  const challenges = (await strict.handle(get('/v1/items'))).headers;
  expect(challenges).toEqual([['www-authenticate', expect.stringMatching(/^DPoP resource_metadata=.*algs="ES256"$/)]]);
  expect(read(await strict.handle(get(pathname)))).toMatchObject({ dpop_bound_access_tokens_required: true });
});

test('with credentials, or without metadata, it answers as ever', async () => {
  const authorized = { ...get('/v1/items'), headers: [['authorization', 'Bearer x']] as const };
  expect((await createApi(about).handle(authorized)).status).toBe(200);
  expect((await createApi().handle(get('/v1/items'))).status).toBe(200);
  const root = createApi({ ...about, resource: 'https://api.example' });
  expect((await root.handle(get('/.well-known/oauth-protected-resource'))).status).toBe(200);
});

test.each([
  ['https://api.example', ''],
  ['https://api.example/', ''],
  ['https://api.example/v1', '/v1'],
  ['https://api.example/v1/', '/v1/'],
  ['https://api.example/v1?a=b', '/v1?a=b'],
])('the metadata of %s has a place of its own (RFC 9728 §3.1)', async (resource, suffix) => {
  const answer = await createApi({ ...about, resource }).handle(get(`/.well-known/oauth-protected-resource${suffix}`));
  expect([answer.status, read(answer).resource]).toEqual([200, resource]);
});
