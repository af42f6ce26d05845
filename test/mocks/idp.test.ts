import fc from 'fast-check';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { tokenFaults } from '../../mocks/faults/token/all.ts';
import * as token from '../../mocks/faults/token/index.ts';
import {
  basic,
  fetchToken,
  field,
  gateway,
  get,
  introspect,
  paths,
  post,
  read,
  start,
  stranger,
  text,
  world,
} from './idp-fixtures.ts';

const jwt = { format: 'jwt', flaws: [] } as const;
const opaque = { format: 'opaque', flaws: [] } as const;
const grant = { grant_type: 'client_credentials' };

test.each([
  '/tenant/.well-known/openid-configuration',
  '/.well-known/openid-configuration/tenant',
  '/.well-known/oauth-authorization-server/tenant',
  '/.well-known/oauth-authorization-server/tenant?x=1',
])('discovery is at %s', async (path) => {
  const { idp } = await world();
  const answer = await idp.handle(get(path));
  expect(idp.endpointOf(path)).toBe('discovery');
  expect([answer.status, field(answer, 'content-type'), answer.faults]).toEqual([200, 'application/json', []]);
  expect(read(answer)).toMatchObject({
    issuer: 'https://127.0.0.1:8443/tenant',
    jwks_uri: idp.endpoints.jwks,
    token_endpoint: idp.endpoints.token,
    introspection_endpoint: idp.endpoints.introspection,
    revocation_endpoint: idp.endpoints.revocation,
  });
});

test('an issuer without a path has its documents at the root, one with a path has not', async () => {
  const { idp } = await world({ issuer: 'https://127.0.0.1:8443' });
  for (const name of ['openid-configuration', 'oauth-authorization-server'])
    expect((await idp.handle(get(`/.well-known/${name}`))).status).toBe(200);
  const tenant = await world();
  expect((await tenant.idp.handle(get('/.well-known/openid-configuration'))).status).toBe(404);
});

test('every URL in the metadata is an endpoint that answers', async () => {
  const { idp } = await world();
  const document = read(await idp.handle(get('/tenant/.well-known/openid-configuration')));
  const urls = Object.entries(document).filter(([name]) => /_(endpoint|uri|iframe)$/.test(name));
  expect(urls.length).toBeGreaterThan(6);
  for (const [, url] of urls) {
    const { pathname } = new URL(String(url));
    expect(idp.endpointOf(pathname)).not.toBe('other');
    expect((await idp.handle(get(pathname))).status).not.toBe(404);
  }
  expect(idp.endpointOf('/elsewhere')).toBe('other');
  expect((await idp.handle(get('/elsewhere'))).status).toBe(404);
});

test('a token from the token endpoint, and a minted one, verify against the JWK Set', async () => {
  const it = await world();
  const jwks = read(await it.idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet;
  expect(jwks.keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256']);
  for (const one of [await fetchToken(it), await it.idp.mint(jwt)]) {
    const { payload } = await jwtVerify(one, createLocalJWKSet(jwks), {
      issuer: it.idp.issuer,
      audience: 'https://api.example',
      typ: 'at+jwt',
      currentDate: new Date(start),
    });
    expect(payload).toMatchObject({ client_id: 'gateway', scope: 'items:read items:write', exp: start / 1000 + 3600 });
  }
});

test('the token endpoint answers as RFC 6749 §5.1 says', async () => {
  const { idp } = await world({ lifetimes: { accessToken: 60 } });
  const answer = await idp.handle(post(paths.token, { ...grant, scope: 'items:read', unknown: 'ignored' }));
  expect(read(answer)).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 60,
    scope: 'items:read',
  });
  expect([answer.status, field(answer, 'cache-control')]).toEqual([200, 'no-store']);
});

const body = (extra: object) => new URLSearchParams({ ...grant, ...extra }).toString();
const sent = (extra: object) => ({ authorization: '', ...extra });

test.each([
  [
    'client_secret_post',
    post(paths.token, body({ client_id: gateway.id, client_secret: gateway.secret }), sent({})),
    200,
    undefined,
  ],
  [
    'the scheme in lower case',
    post(paths.token, grant, { authorization: basic(gateway).replace('Basic', 'basic') }),
    200,
    undefined,
  ],
  ['a charset', post(paths.token, grant, { type: 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }), 200, undefined],
  ['an empty scope, as good as absent', post(paths.token, { ...grant, scope: '' }), 200, undefined],
  ['no credentials', post(paths.token, grant, sent({})), 401, 'invalid_client'],
  ['a client_id and no secret', post(paths.token, body({ client_id: gateway.id }), sent({})), 401, 'invalid_client'],
  [
    'a wrong secret',
    post(paths.token, grant, { authorization: basic({ ...gateway, secret: 'wrong' }) }),
    401,
    'invalid_client',
  ],
  [
    'an empty secret',
    post(paths.token, grant, { authorization: basic({ ...gateway, secret: '' }) }),
    401,
    'invalid_client',
  ],
  [
    'an unknown client',
    post(paths.token, grant, { authorization: basic({ id: 'nobody', secret: 'x' }) }),
    401,
    'invalid_client',
  ],
  [
    "another client's secret",
    post(paths.token, grant, { authorization: basic({ ...gateway, secret: stranger.secret }) }),
    401,
    'invalid_client',
  ],
  ['another scheme', post(paths.token, grant, { authorization: 'Bearer abc' }), 401, 'invalid_client'],
  ['broken Basic', post(paths.token, grant, { authorization: 'Basic !!!' }), 401, 'invalid_client'],
  [
    'credentials that are not form-urlencoded',
    post(paths.token, grant, { authorization: `Basic ${Buffer.from('gateway:100%').toString('base64')}` }),
    401,
    'invalid_client',
  ],
  [
    'credentials in the URL',
    post(`${paths.token}?client_id=stranger&client_secret=other`, grant, sent({})),
    401,
    'invalid_client',
  ],
  [
    'two ways of authentication',
    post(paths.token, body({ client_id: gateway.id, client_secret: gateway.secret })),
    400,
    'invalid_request',
  ],
  ['two clients', post(paths.token, { ...grant, client_id: 'stranger' }), 400, 'invalid_request'],
  ['no grant type', post(paths.token, {}), 400, 'invalid_request'],
  ['an unknown grant type', post(paths.token, { grant_type: 'urn:example:magic' }), 400, 'unsupported_grant_type'],
  ['an unknown scope', post(paths.token, { ...grant, scope: 'items:read "admin"' }), 400, 'invalid_scope'],
  [
    'a parameter twice',
    post(paths.token, 'grant_type=client_credentials&grant_type=client_credentials'),
    400,
    'invalid_request',
  ],
  ['JSON', post(paths.token, grant, { type: 'application/json' }), 400, 'invalid_request'],
  ['no content type', post(paths.token, grant, { type: '' }), 400, 'invalid_request'],
])('token endpoint: %s', async (_, request, status, error) => {
  const { idp } = await world();
  const answer = await idp.handle(request);
  expect([answer.status, read(answer).error]).toEqual([status, error]);
  expect(field(answer, 'cache-control')).toBe('no-store');
  expect(field(answer, 'www-authenticate')).toEqual(
    status === 401 ? expect.stringMatching(/^Basic realm="/) : undefined,
  );
  if (error) expect(read(answer).error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
});

test('two Authorization fields are refused', async () => {
  const { idp } = await world();
  const request = post(paths.token, grant);
  const doubled = { ...request, headers: [...request.headers, ['authorization', basic(stranger)] as const] };
  expect(read(await idp.handle(doubled)).error).toBe('invalid_request');
});

test.each([
  ['GET', paths.token, 'POST'],
  ['PUT', paths.token, 'POST'],
  ['HEAD', paths.token, 'POST'],
  ['GET', paths.introspection, 'POST'],
  ['GET', paths.revocation, 'POST'],
  ['POST', paths.jwks, 'GET, HEAD'],
  ['DELETE', '/tenant/.well-known/openid-configuration', 'GET, HEAD'],
])('%s %s is not allowed', async (method, path, allowed) => {
  const { idp } = await world();
  const answer = await idp.handle(get(path, method));
  expect([answer.status, field(answer, 'allow')]).toEqual([405, allowed]);
});

test('HEAD answers like GET, without a body', async () => {
  const { idp } = await world();
  const [head, full] = [await idp.handle(get(paths.jwks, 'HEAD')), await idp.handle(get(paths.jwks))];
  expect([head.status, head.headers, head.body.length]).toEqual([200, full.headers, 0]);
});

test('whatever the request, the answer is a refusal and never a failure of the mock', async () => {
  const { idp } = await world();
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS'),
    path: fc.constantFrom(...Object.values(paths), '/', '/tenant/authorize', '%'),
    headers: fc.array(
      fc.tuple(
        fc.constantFrom('authorization', 'content-type'),
        fc.oneof(fc.string(), fc.constantFrom('application/x-www-form-urlencoded', 'Basic Zm9vOmJhcg==', 'Basic ')),
      ),
    ),
    body: fc.oneof(
      fc.uint8Array(),
      fc
        .dictionary(fc.constantFrom('grant_type', 'client_id', 'client_secret', 'token', 'scope'), fc.string())
        .map((form) => Buffer.from(new URLSearchParams(form).toString())),
    ),
  });
  await fc.assert(
    fc.asyncProperty(request, async (any) => {
      const { status } = await idp.handle(any);
      expect([200, 400, 401, 404, 405]).toContain(status);
    }),
  );
});

test.each([jwt, opaque])('introspection knows an active $format token', async (recipe) => {
  const it = await world();
  expect(await introspect(it, await it.idp.mint({ ...recipe, scope: 'items:read' }))).toEqual({
    active: true,
    token_type: 'Bearer',
    iss: it.idp.issuer,
    aud: 'https://api.example',
    sub: 'subject-gateway',
    client_id: 'gateway',
    scope: 'items:read',
    iat: start / 1000,
    exp: start / 1000 + 3600,
    jti: expect.any(String),
  });
});

test.each([jwt, opaque])(
  'an expired, revoked or unknown $format token is inactive and nothing else is said',
  async (recipe) => {
    const it = await world();
    const [expired, revoked, kept] = [await it.idp.mint(recipe), await it.idp.mint(recipe), await it.idp.mint(recipe)];
    it.idp.revoke(revoked);
    expect(await introspect(it, revoked)).toEqual({ active: false });
    expect(await introspect(it, kept)).toMatchObject({ active: true });
    it.clock.skew(3_600_000);
    expect(await introspect(it, expired)).toEqual({ active: false });
    expect(await introspect(it, 'unknown')).toEqual({ active: false });
    const other = await world({ issuer: 'https://127.0.0.1:8444' });
    expect(await introspect(it, await other.idp.mint(recipe))).toEqual({ active: false });
  },
);

test('a forged JWT is inactive, and one for another API is described as it is', async () => {
  const it = await world();
  for (const flaw of [
    token.algorithmNone(),
    token.tamperedPayload(),
    token.foreignKeyPublishedKid(),
    token.keyConfusion(),
    token.issuerOther(),
    token.encryptedDirect(),
  ])
    expect(await introspect(it, await it.idp.mint({ ...jwt, flaws: [flaw] })), flaw.id).toEqual({ active: false });
  const other = await it.idp.mint({ ...jwt, flaws: [token.audienceOther()] });
  expect(await introspect(it, other)).toMatchObject({ active: true, aud: 'https://other-api.example' });
});

test('introspection is for authenticated clients and needs a token', async () => {
  const { idp } = await world();
  const asked = await idp.handle(post(paths.introspection, { token: 'x' }, { authorization: '' }));
  expect([asked.status, read(asked).error]).toEqual([401, 'invalid_client']);
  const empty = await idp.handle(post(paths.introspection, {}));
  expect([empty.status, read(empty).error]).toEqual([400, 'invalid_request']);
});

test("revocation ends a client's own token, ignores an unknown one and refuses another's", async () => {
  const it = await world();
  const revoke = (one: string, authorization = basic(gateway)) =>
    it.idp.handle(post(paths.revocation, { token: one }, { authorization }));
  const own = await fetchToken(it);
  const others = await fetchToken(it, basic(stranger));
  const done = await revoke(own);
  expect([done.status, text(done), await introspect(it, own)]).toEqual([200, '', { active: false }]);
  expect((await revoke(own)).status).toBe(200);
  expect((await revoke('unknown')).status).toBe(200);
  const refused = await revoke(others);
  expect([refused.status, read(refused).error]).toEqual([400, 'invalid_grant']);
  expect(await introspect(it, others)).toMatchObject({ active: true });
  expect((await revoke(others, 'Basic x')).status).toBe(401);
});

test('rotation keeps the old key published unless it is withdrawn', async () => {
  const it = await world();
  const kids = async () => (read(await it.idp.handle(get(paths.jwks))).keys as { kid: string }[]).map(({ kid }) => kid);
  const [first, ec] = await kids();
  const old = await it.idp.mint(jwt);
  await it.idp.rotateKeys({ withdraw: false });
  const [second, ...rest] = await kids();
  expect(rest).toEqual([first, ec]);
  expect(second).not.toBe(first);
  expect(await introspect(it, old)).toMatchObject({ active: true });
  await it.idp.rotateKeys({ withdraw: true });
  expect(await kids()).toEqual([it.idp.published[0]?.kid, ec]);
  expect(await introspect(it, old)).toEqual({ active: false });
  expect(await introspect(it, await it.idp.mint(jwt))).toMatchObject({ active: true });
});

test('issuers of different slots share no key material, and no issuer publishes the foreign key', async () => {
  const [one, other] = [await world(), await world({ keySlot: 1 })];
  const moduli = [...one.idp.published, ...other.idp.published, one.idp.foreign].map(
    ({ publicJwk }) => publicJwk.n ?? publicJwk.x,
  );
  expect(new Set(moduli).size).toBe(moduli.length);
});

test('the same random gives the same token, and an opaque one takes no flaws', async () => {
  const { idp } = await world();
  const recipe = { ...jwt, flaws: [token.keyIdUnknown()] };
  expect(await idp.mint(recipe, seeded(1, 'a'))).toBe(await idp.mint(recipe, seeded(1, 'a')));
  expect(await idp.mint(recipe, seeded(1, 'a'))).not.toBe(await idp.mint(recipe, seeded(2, 'a')));
  await expect(idp.mint({ ...opaque, flaws: [token.expired()] })).rejects.toMatchObject({ code: 'usage' });
});

test('every token fault can be minted', async () => {
  const { idp } = await world();
  for (const flaw of tokenFaults) expect(await idp.mint({ ...jwt, flaws: [flaw] }), flaw.id).toBeTypeOf('string');
});
