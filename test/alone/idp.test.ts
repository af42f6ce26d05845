import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as https } from 'node:https';
import { createServer } from 'node:net';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { type IdpStart, startIdp, type Tenant } from '../../harness/idp.ts';

async function started(options: IdpStart = {}) {
  const idp = await startIdp(options);
  onTestFinished(() => idp[Symbol.asyncDispose]());
  return idp;
}

const take = ({ endpoints }: Pick<Tenant, 'endpoints'>, client = 'web', secret = 'web-secret') =>
  fetch(endpoints.token, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }),
  });
const tokenOf = async (tenant: Pick<Tenant, 'endpoints'>) =>
  ((await (await take(tenant)).json()) as { access_token: string }).access_token;
const keySet = ({ endpoints }: Pick<Tenant, 'endpoints'>) => createRemoteJWKSet(new URL(endpoints.jwks));

test('it starts with what a first try needs, and stops for good', async () => {
  const idp = await startIdp();
  const metadata = (await (await fetch(`${idp.issuer}/.well-known/openid-configuration`)).json()) as { issuer: string };
  expect(metadata.issuer).toBe(idp.issuer);
  const { payload } = await jwtVerify(await tokenOf(idp), keySet(idp), { issuer: idp.issuer, audience: idp.audience });
  expect(payload).toMatchObject({ client_id: 'web', scope: 'read write' });
  expect(idp.users.list()).toMatchObject([{ username: 'alice', password: 'wonderland' }]);
  await idp[Symbol.asyncDispose]();
  await expect(fetch(idp.issuer)).rejects.toThrow();
});

test('custom claims of a client and of a user are in all their tokens, and nobody asks for them', async () => {
  const idp = await started({
    clients: [{ id: 'web', secret: 'web-secret', customClaims: { tenant_id: 't1', roles: ['job'] } }],
    users: [{ sub: 'u1', username: 'bob', password: 'b', claims: {}, customClaims: { roles: ['admin'], iss: 'x' } }],
    pollingInterval: 0,
  });
  expect(decodeJwt(await tokenOf(idp))).toMatchObject({ sub: 'subject-web', tenant_id: 't1', roles: ['job'] });
  expect(decodeJwt(await idp.mint({ user: 'bob' }))).toMatchObject({ tenant_id: 't1', roles: ['admin'] });
  expect(decodeJwt(await idp.mint({ user: 'bob', kind: 'id' }))).toMatchObject({ roles: ['admin'], iss: idp.issuer });
  const post = async (url: string, fields: { [name: string]: string }) => {
    const body = new URLSearchParams({ ...fields, client_id: 'web', client_secret: 'web-secret' });
    return (await (await fetch(url, { method: 'POST', body })).json()) as { [name: string]: string };
  };
  const { device_code = '' } = await post(idp.endpoints['device-authorization'], { scope: 'openid' });
  await idp.approve(device_code, 'bob');
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code };
  const { access_token = '', id_token = '' } = await post(idp.endpoints.token, grant);
  expect(decodeJwt(access_token)).toMatchObject({ sub: 'u1', tenant_id: 't1', roles: ['admin'] });
  expect(decodeJwt(id_token)).toMatchObject({ sub: 'u1', iss: idp.issuer, roles: ['admin'] });
  const headers = { authorization: `Bearer ${access_token}` };
  expect(await (await fetch(idp.endpoints.userinfo, { headers })).json()).toMatchObject({
    sub: 'u1',
    roles: ['admin'],
  });
  expect(await post(idp.endpoints.introspection, { token: access_token })).toMatchObject({ roles: ['admin'] });
});

test('the ready-made clients may redirect to any port and path of this machine, and nowhere else', async () => {
  const idp = await started();
  const ask = async (redirect_uri: string, client_id = 'native') => {
    const query = new URLSearchParams({
      ...{ client_id, redirect_uri, response_type: 'code', scope: 'openid' },
      ...{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' },
    });
    const url = `${idp.endpoints.authorization}?${query}`;
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: idp.logIn() } });
    return answer.headers.get('location')?.split('?')[0] ?? answer.status;
  };
  for (const uri of ['http://localhost:3000/auth/callback', 'http://127.0.0.1:1/x', 'https://localhost:5173/'])
    expect(await ask(uri)).toBe(uri);
  expect(await ask('com.example.native:/callback')).toBe('com.example.native:/callback');
  expect(await ask('http://localhost/', 'web')).toBe('http://localhost/');
  for (const uri of [
    ...[
      'http://localhost.example/',
      'http://localhost:1@evil.example/',
      'http://localhost@evil.example/',
      'http:localhost',
    ],
    ...[
      'http://localhost\\@evil.example/',
      'https://127.0.0.1:9/',
      'http://localhost:*/*',
      'http://[::1]:9/#',
      'http://evil/',
    ],
  ])
    expect(await ask(uri), uri).toBe(400);
});

test('tenants share a port and nothing else', async () => {
  const idp = await started({ tenants: { acme: { audience: 'urn:acme', fakeUsers: 2 } } });
  const acme = idp.tenant('acme');
  const late = await idp.createTenant('late', { lifetimes: { accessToken: 5 } });
  expect(idp.tenants().map(({ issuer }) => issuer)).toEqual([idp.issuer, `${idp.issuer}/acme`, `${idp.issuer}/late`]);
  for (const { issuer, endpoints } of idp.tenants())
    for (const url of [endpoints.discovery, issuer.replace(/(\/\w+)?$/, '/.well-known/oauth-authorization-server$1')])
      expect(await (await fetch(url)).json(), url).toMatchObject({ issuer, token_endpoint: endpoints.token });
  // Keys
  const materials = idp.tenants().flatMap((tenant) => tenant.keys().map(({ n, x }) => n ?? x));
  expect(new Set(materials).size).toBe(materials.length);
  await expect(jwtVerify(await tokenOf(acme), keySet(idp))).rejects.toThrow('no applicable key');
  // Clients, users, lifetimes, tokens
  acme.clients.remove('web');
  expect([(await take(acme)).status, (await take(idp)).status, (await take(late)).status]).toEqual([401, 200, 200]);
  expect([idp, acme, late].map(({ users }) => users.list().length)).toEqual([1, 3, 1]);
  const { exp = 0, iat = 0 } = decodeJwt(await tokenOf(late));
  expect(exp - iat).toBe(5);
  // Clock
  late.clock.freeze(Date.parse('2030-01-01T00:00:00Z'));
  expect(decodeJwt(await tokenOf(late)).iat).toBe(Date.parse('2030-01-01T00:00:00Z') / 1000);
  expect(decodeJwt(await tokenOf(idp)).iat).toBeLessThan(Date.parse('2029-01-01T00:00:00Z') / 1000);
  // And its end
  await idp.deleteTenant('late');
  expect((await take(late)).status).toBe(404);
  expect(() => idp.tenant('late')).toThrow("There is no tenant 'late'");
});

test("a fault is one tenant's, on its seams and on the wire, until it is cleared", async () => {
  const idp = await started({ tenants: { acme: {} } });
  const acme = idp.tenant('acme');
  for (const fault of ['http/status-503', 'token-answer/unavailable'])
    for (const [broken, whole] of [
      [acme, idp],
      [idp, acme],
    ] as const) {
      const clear = await broken.place(fault, { at: 'token' });
      expect([(await take(broken)).status, (await take(whole)).status], fault).toEqual([503, 200]);
      expect(broken.faults()).toMatchObject([{ id: clear.id, fault: { id: fault }, at: 'token' }]);
      await clear();
      await clear();
      expect([(await take(broken)).status, broken.faults()]).toEqual([200, []]);
    }
  {
    await using _ = await acme.place('tcp/reset');
    await expect(take(acme)).rejects.toThrow();
    expect((await take(idp)).status).toBe(200);
  }
  expect((await take(acme)).status).toBe(200);
});

test('a closed port is closed for every tenant, and opens again', async () => {
  const idp = await started({ tenants: { acme: {} } });
  const clear = await idp.tenant('acme').place('tcp/refused');
  for (const tenant of idp.tenants()) await expect(take(tenant)).rejects.toThrow();
  await clear();
  for (const tenant of idp.tenants()) expect((await take(tenant)).status).toBe(200);
});

test('faults are found by id, placed by schedule, bound, and refused with a sentence', async () => {
  const idp = await started({
    faults: [{ fault: 'token-answer/unavailable', schedule: { when: 'first', count: 2 }, only: { client: 'web' } }],
  });
  expect([(await take(idp)).status, (await take(idp)).status, (await take(idp)).status]).toEqual([503, 503, 200]);
  await expect(idp.place('token-answer/unavailible')).rejects.toThrow(
    "There is no fault 'token-answer/unavailible': did you mean 'token-answer/unavailable'?",
  );
  await expect(idp.place('http/status-503', { only: { client: 'web' } })).rejects.toThrow("leave out 'only'");
  await expect(startIdp({ faults: [{ fault: 'nothing/like-it' }] })).rejects.toThrow('There is no fault');
});

test('a timeline breaks, mends and rotates by itself', async () => {
  const idp = await started();
  const before = idp.keys();
  await idp.play([
    { at: '0ms', do: 'place', fault: 'token-answer/unavailable' },
    { at: '0ms', do: 'rotate-keys' },
  ]);
  expect((await take(idp)).status).toBe(503);
  expect(idp.keys().slice(1)).toEqual(expect.arrayContaining([...before]));
});

test('any token is minted: for a client or a user, with claims of its own, flawed, opaque, as an ID token', async () => {
  const idp = await started();
  const jwt = async (recipe: Parameters<Tenant['mint']>[0]) => decodeJwt(await idp.mint(recipe));
  expect(await jwt({})).toMatchObject({ iss: idp.issuer, client_id: 'web', scope: 'read write' });
  const claims = { department: 'R', aud: ['a', 'b'] };
  expect(await jwt({ client: 'native', user: 'alice', scope: 'read', claims })).toMatchObject({
    ...claims,
    ...{ client_id: 'native', sub: 'user-1', scope: 'read' },
  });
  expect((await jwt({ flaws: ['token/expired-by-10m', 'token/audience-other'] })).aud).not.toBe(idp.audience);
  const { payload } = await jwtVerify(await idp.mint({ kind: 'id', claims: { nonce: 'n' } }), keySet(idp), {
    ...{ issuer: idp.issuer, audience: 'web' },
  });
  expect(payload).toMatchObject({ sub: 'user-1', nonce: 'n' });
  const opaque = await idp.mint({ format: 'opaque', user: 'alice', claims: { department: 'R' } });
  const introspect = async () => {
    const body = new URLSearchParams({ token: opaque, client_id: 'web', client_secret: 'web-secret' });
    return (await fetch(idp.endpoints.introspection, { method: 'POST', body })).json();
  };
  expect(await introspect()).toMatchObject({ active: true, sub: 'user-1', department: 'R' });
  idp.revoke(opaque);
  expect(await introspect()).toEqual({ active: false });
  await expect(idp.mint({ client: 'nobody' })).rejects.toThrow("There is no client 'nobody'");
  await expect(idp.mint({ user: 'nobody' })).rejects.toThrow("There is no user 'nobody'");
  await expect(idp.mint({ flaws: ['http/status-503'] })).rejects.toThrow('no token');
});

test('the history is paged, bounded and without secrets', async () => {
  const idp = await started({ tenants: { acme: {} } });
  const token = await tokenOf(idp);
  await take(idp.tenant('acme'), 'web', 'a wrong secret');
  await fetch(idp.endpoints.userinfo, { headers: { authorization: `Bearer ${token}` } });
  const { exchanges, tokens } = idp.history();
  expect(exchanges.map(({ seq, tenant, endpoint, response }) => [seq, tenant, endpoint, response?.status])).toEqual([
    [1, 'default', 'token', 200],
    [2, 'acme', 'token', 401],
    [3, 'default', 'userinfo', expect.any(Number)],
  ]);
  const text = JSON.stringify(exchanges);
  for (const secret of [token, 'web-secret', 'a+wrong+secret', 'a wrong secret']) expect(text).not.toContain(secret);
  expect(exchanges[2]?.request?.headers).toContainEqual(['authorization', 'Bearer ‹token:access_token#1›']);
  expect(tokens).toMatchObject([{ ref: 'access_token#1', payload: { client_id: 'web' } }]);
  expect(idp.history({ limit: 2 })).toMatchObject({ exchanges: [{ seq: 1 }, { seq: 2 }], next: 2 });
  expect(idp.history({ after: 2 }).exchanges).toMatchObject([{ seq: 3 }]);
  expect(idp.history({ tenant: 'acme' }).exchanges).toMatchObject([{ seq: 2 }]);
  expect(idp.history({ endpoint: 'userinfo' }).exchanges).toMatchObject([{ seq: 3 }]);
  idp.clearHistory();
  expect(idp.history()).toEqual({ exchanges: [], tokens: [] });
});

test('HTTPS by an authority of its own, or with a certificate that is given', async () => {
  const idp = await started({ tls: true, admin: true });
  const ca = await readFile(idp.ca!.file, 'utf8');
  expect(ca).toBe(idp.ca?.pem);
  const status = async (url: string) => {
    const [answer] = await once(https(url, { ca, agent: false }).end(), 'response');
    answer.resume();
    return answer.statusCode;
  };
  expect(idp.issuer).toMatch(/^https:\/\/localhost:\d+$/);
  expect(await status(idp.endpoints.jwks)).toBe(200);
  expect(await status(idp.endpoints.jwks.replace('localhost', '127.0.0.1'))).toBe(200);
  expect(await status(`${idp.adminUrl}/tenants`)).toBe(200);
  await idp[Symbol.asyncDispose]();
  await expect(readFile(idp.ca!.file)).rejects.toThrow('ENOENT');
});

test('what clients call it may differ from where it listens', async () => {
  const idp = await started({ issuer: 'https://idp.example/auth/', tenants: { acme: {} } });
  expect(idp.issuer).toBe('https://idp.example/auth');
  const asked = async (path: string) =>
    ((await (await fetch(`${idp.url}${path}`)).json()) as { issuer?: string }).issuer;
  expect(await asked('/auth/.well-known/openid-configuration')).toBe('https://idp.example/auth');
  expect(await asked('/.well-known/oauth-authorization-server/auth')).toBe('https://idp.example/auth');
  expect(await asked('/auth/acme/.well-known/openid-configuration')).toBe('https://idp.example/auth/acme');
  expect(await asked('/.well-known/oauth-authorization-server/auth/acme')).toBe('https://idp.example/auth/acme');
  expect(await asked('/acme/.well-known/openid-configuration')).toBeUndefined();
});

test('what cannot be is refused with a sentence, and leaves nothing open', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  await expect(startIdp({ port })).rejects.toThrow(`port ${port} is in use`);
  await expect(startIdp({ admin: { port } })).rejects.toThrow(`port ${port} is in use`);
  await expect(startIdp({ host: '192.0.2.1' })).rejects.toThrow('no address of this machine');
  for (const issuer of ['idp', 'ftp://x', 'http://x?y', 'http://x#y', 'http://u@x'])
    await expect(startIdp({ issuer }), issuer).rejects.toThrow('is no issuer');
  for (const name of ['', 'a/b', '..', 'token', 'attacker', 'default', 'authorize', 'x'.repeat(64), 'ü'])
    await expect(startIdp({ tenants: { [name]: {} } }), name).rejects.toThrow(/tenant/);
});

test('it reaches out to this machine, and to others only when they are named', async () => {
  const { callTo } = await import('../../mocks/alone/call.ts');
  const idp = await started();
  const get = (url: string, hosts: readonly string[] = []) =>
    callTo(hosts)({
      ...{ method: 'GET', url, headers: [], body: new Uint8Array() },
      ...{ sent: true, patience: 5_000, tries: 1, certificate: 'checked' },
    });
  expect((await get(idp.endpoints.jwks)).status).toBe(200);
  await expect(get('http://idp.example/')).rejects.toThrow("name it in the option 'hosts'");
  await expect(get('http://127.0.0.1.example/')).rejects.toThrow("name it in the option 'hosts'");
  await expect(get('http://idp.invalid/', ['idp.invalid'])).rejects.toThrow('idp.invalid');
});
