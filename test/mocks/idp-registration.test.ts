import fc from 'fast-check';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import type { Call, OutgoingRequest } from '../../mocks/idp/outgoing.ts';
import { createClients } from '../../mocks/idp/registration/clients.ts';
import { clientFromMetadata, metadataOfClient } from '../../mocks/idp/registration/registration-metadata.ts';
import { createRegistrations } from '../../mocks/idp/registration/registrations.ts';
import { jwks, keys } from './idp-client-fixtures.ts';
import { field, get, read, start, text } from './idp-fixtures.ts';
import {
  active,
  asking,
  callback,
  codeFor,
  flowWorld,
  redeeming,
  returned,
  tokenRequest,
} from './idp-flow-fixtures.ts';
import { managing, minimal, type Registered, register, registering } from './idp-registration-fixtures.ts';

const publicKeys = { keys: jwks(keys.es256).keys };

test('a client registers itself and is told what the IdP understood', async () => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(
    registering({
      ...minimal,
      client_name: 'Ann’s app',
      'client_name#de': 'Anns App',
      logo_uri: 'https://app.example/logo.png',
      contacts: ['ann@example.com'],
      scope: 'openid email',
      post_logout_redirect_uris: ['https://app.example/bye'],
      id_token_signed_response_alg: 'ES256',
      unknown_member: { deep: true },
      tos_uri: null,
      policy_uri: '',
    }),
  );
  expect([answer.status, field(answer, 'cache-control')]).toEqual([201, 'no-store']);
  const { client_id, client_secret, registration_access_token, registration_client_uri, ...others } = read(answer);
  expect(client_secret).toMatch(/^[0-9a-f]{64}$/);
  expect(registration_access_token).not.toBe(client_secret);
  expect(registration_client_uri).toBe(`${idp.issuer}/register/${client_id}`);
  expect(others).toEqual({
    redirect_uris: [callback],
    client_name: 'Ann’s app',
    'client_name#de': 'Anns App',
    logo_uri: 'https://app.example/logo.png',
    contacts: ['ann@example.com'],
    scope: 'openid email',
    post_logout_redirect_uris: ['https://app.example/bye'],
    id_token_signed_response_alg: 'ES256',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    client_id_issued_at: start / 1000,
    client_secret_expires_at: 0,
  });
});

test('and can be used at once', async () => {
  const it = await flowWorld();
  const client = await register(it);
  const code = await codeFor(it, { client_id: client.client_id });
  const as = { id: client.client_id, secret: String(client.client_secret) };
  const tokens = await it.idp.handle(tokenRequest(redeeming(code), as));
  expect([tokens.status, read(tokens)]).toEqual([200, expect.objectContaining({ id_token: expect.any(String) })]);
  const other = await it.idp.handle(tokenRequest({ grant_type: 'client_credentials' }, as));
  expect(read(other)).toMatchObject({ error: 'unauthorized_client' });
});

test.each([
  ['none', undefined],
  ['private_key_jwt', undefined],
  ['client_secret_post', expect.any(String)],
  ['client_secret_jwt', expect.any(String)],
])('a client with %s gets a secret only if it has a use for it', async (method, secret) => {
  const it = await flowWorld();
  const client = await register(it, { ...minimal, token_endpoint_auth_method: method, jwks: publicKeys });
  expect(client.client_secret).toEqual(secret);
  expect('client_secret_expires_at' in client).toBe(secret !== undefined);
});

const secretKey = { keys: [{ ...keys.es256.privateJwk, kid: 'x' }] };

test.each<[string, object, string]>([
  ['no redirect_uri', {}, 'invalid_redirect_uri'],
  ['plain http', { redirect_uris: ['http://app.example/callback'] }, 'invalid_redirect_uri'],
  ['a fragment', { redirect_uris: [`${callback}#x`] }, 'invalid_redirect_uri'],
  ['a password', { redirect_uris: ['https://x:y@app.example/'] }, 'invalid_redirect_uri'],
  ['no URI', { redirect_uris: ['https://app.example/a b'] }, 'invalid_redirect_uri'],
  ['a relative one', { redirect_uris: ['/callback'] }, 'invalid_redirect_uri'],
  ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
  ['one that stands for any', { redirect_uris: ['http://localhost:*/*'] }, 'invalid_redirect_uri'],
  ['no array', { redirect_uris: callback }, 'invalid_redirect_uri'],
  ['too many', { redirect_uris: Array(101).fill(callback) }, 'invalid_redirect_uri'],
  ['another scheme without native', { redirect_uris: ['com.example.app:/x'] }, 'invalid_redirect_uri'],
  ['a grant nobody offers', { ...minimal, grant_types: ['authorization_code', 'magic'] }, 'invalid_client_metadata'],
  [
    'code without its grant',
    { ...minimal, grant_types: ['client_credentials'], response_types: ['code'] },
    'invalid_client_metadata',
  ],
  ['a grant without code', { ...minimal, response_types: [] }, 'invalid_client_metadata'],
  ['a method nobody offers', { ...minimal, token_endpoint_auth_method: 'password' }, 'invalid_client_metadata'],
  ['no keys', { ...minimal, token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
  ['a private key', { ...minimal, jwks: secretKey }, 'invalid_client_metadata'],
  [
    'keys and where they are',
    { ...minimal, jwks: publicKeys, jwks_uri: 'https://a.example' },
    'invalid_client_metadata',
  ],
  ['jwks_uri that cannot be fetched', { ...minimal, jwks_uri: 'https://a.example/jwks' }, 'invalid_client_metadata'],
  [
    'no key to encrypt to',
    { ...minimal, id_token_encrypted_response_alg: 'ECDH-ES', jwks: publicKeys },
    'invalid_client_metadata',
  ],
  ['no ID token signature', { ...minimal, id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
  [
    'a public client in its own name',
    { token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] },
    'invalid_client_metadata',
  ],
  [
    'HMAC without a secret',
    { ...minimal, token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'HS256' },
    'invalid_client_metadata',
  ],
  [
    'pairwise subjects for two hosts',
    { redirect_uris: [callback, 'https://b.example/'], subject_type: 'pairwise' },
    'invalid_client_metadata',
  ],
  ['an unknown kind of subject', { ...minimal, subject_type: 'triple' }, 'invalid_client_metadata'],
  [
    'mutual TLS without a subject',
    { ...minimal, token_endpoint_auth_method: 'tls_client_auth' },
    'invalid_client_metadata',
  ],
  ['a scope nobody knows', { ...minimal, scope: 'openid moon' }, 'invalid_client_metadata'],
  ['an unknown subject type', { ...minimal, subject_type: 'ephemeral' }, 'invalid_client_metadata'],
  ['an evil page after logout', { ...minimal, post_logout_redirect_uris: ['javascript:x'] }, 'invalid_client_metadata'],
  ['a number for a name', { ...minimal, client_name: 7 }, 'invalid_client_metadata'],
  [
    'a statement of a stranger',
    { ...minimal, software_statement: 'e30.eyJpc3MiOiJ4In0.x' },
    'unapproved_software_statement',
  ],
  ['a statement that is none', { ...minimal, software_statement: 'x' }, 'invalid_software_statement'],
])('%s is refused', async (_, metadata, error) => {
  const { idp } = await flowWorld();
  const before = idp.clients.list().length;
  const answer = await idp.handle(registering({ ...metadata }));
  expect([answer.status, read(answer).error]).toEqual([400, error]);
  expect(idp.clients.list()).toHaveLength(before);
});

test.each<[string, string | object]>([
  ['an array', '[]'],
  ['no JSON', '{'],
  ['too much', JSON.stringify({ client_name: 'x'.repeat(70_000) })],
])('a body with %s is refused', async (_, body) => {
  const { idp } = await flowWorld();
  expect(read(await idp.handle(registering(body as string)))).toMatchObject({ error: 'invalid_client_metadata' });
  const typed = { ...registering(minimal), headers: [['Content-Type', 'text/plain']] as const };
  expect(read(await idp.handle(typed))).toMatchObject({ error: 'invalid_client_metadata' });
});

test('a native application may be called back by its own scheme', async () => {
  const it = await flowWorld();
  const uris = ['com.example.app:/callback', 'http://127.0.0.1/callback'];
  const client = await register(it, { redirect_uris: uris, application_type: 'native' });
  expect(client.redirect_uris).toEqual(uris);
});

test('a client reads, changes and deletes itself', async () => {
  const it = await flowWorld();
  const { idp } = it;
  const client = await register(it, { ...minimal, client_name: 'One', scope: 'openid' });
  expect(read(await idp.handle(managing(client, 'GET')))).toEqual(client);

  const { client_id, client_secret } = client;
  const answer = await idp.handle(
    managing(client, 'PUT', { client_id, client_secret, ...minimal, client_name: 'Two' }),
  );
  const { scope: _, ...rest } = client;
  expect([answer.status, read(answer)]).toEqual([200, { ...rest, client_name: 'Two' }]);
  expect(read(await idp.handle(managing(client, 'GET')))).toEqual(read(answer));

  const gone = await idp.handle(managing(client, 'DELETE'));
  expect([gone.status, text(gone)]).toEqual([204, '']);
  expect(idp.clients.find(client_id)).toBeUndefined();
  expect((await idp.handle(managing(client, 'GET'))).status).toBe(401);
});

test('with a client go its tokens', async () => {
  const it = await flowWorld();
  const client = await register(it, { grant_types: ['client_credentials'], response_types: [] });
  const as = { id: client.client_id, secret: String(client.client_secret) };
  const { access_token } = read(await it.idp.handle(tokenRequest({ grant_type: 'client_credentials' }, as)));
  expect(await active(it, access_token)).toMatchObject({ active: true });
  await it.idp.handle(managing(client, 'DELETE'));
  expect(await active(it, access_token)).toEqual({ active: false });
});

test('with a client go the tokens of its users', async () => {
  const it = await flowWorld();
  const client = await register(it, { ...minimal, grant_types: ['authorization_code', 'refresh_token'] });
  const as = { id: client.client_id, secret: String(client.client_secret) };
  const code = await codeFor(it, { client_id: as.id });
  const { access_token } = read(await it.idp.handle(tokenRequest(redeeming(code), as)));
  const info = () =>
    it.idp.handle({ ...get('/tenant/userinfo'), headers: [['Authorization', `Bearer ${access_token}`]] });
  expect((await info()).status).toBe(200);
  await it.idp.handle(managing(client, 'DELETE'));
  expect((await info()).status).toBe(401);
});

test.each<[string, object]>([
  ['another client_id', { client_id: 'web' }],
  ['no client_id', { client_id: undefined }],
  ['a secret of its own', { client_secret: 'mine' }],
  ['its access token', { registration_access_token: 'x' }],
  ['an expiry', { client_secret_expires_at: 0 }],
])('a change with %s is refused', async (_, changes) => {
  const it = await flowWorld();
  const client = await register(it);
  const put = managing(client, 'PUT', { client_id: client.client_id, ...minimal, ...changes });
  const answer = await it.idp.handle(put);
  expect([answer.status, read(answer).error]).toEqual([400, 'invalid_client_metadata']);
  expect(read(await it.idp.handle(managing(client, 'GET')))).toEqual(client);
});

test('nobody else manages a client', async () => {
  const it = await flowWorld();
  const [client, other] = [await register(it), await register(it)];
  const asked = (token?: string) => ({
    ...managing(client, 'GET'),
    ...(token ? managing(client, 'GET', {}, token) : {}),
  });
  const { idp } = it;
  for (const token of [other.registration_access_token, String(client.client_secret), 'x']) {
    const answer = await idp.handle(asked(token));
    expect([answer.status, field(answer, 'www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')]);
  }
  const bare = await idp.handle({ ...asked(), headers: [] });
  expect([bare.status, field(bare, 'www-authenticate')]).toEqual([401, 'Bearer realm="idp"']);
  // One that was set up by hand has nobody who may manage it.
  const web = { ...client, registration_client_uri: `${idp.issuer}/register/web` } as Registered;
  expect((await idp.handle(managing(web, 'DELETE'))).status).toBe(401);
  expect((await idp.handle(managing(client, 'PATCH'))).status).toBe(405);
  expect((await idp.handle(get('/tenant/register'))).status).toBe(405);
});

test('an initial access token may be asked for', async () => {
  const { idp } = await flowWorld({ registration: { initialAccessToken: 'let.me-in' } });
  expect((await idp.handle(registering(minimal))).status).toBe(401);
  expect((await idp.handle(registering(minimal, 'wrong'))).status).toBe(401);
  expect((await idp.handle(registering(minimal, 'let.me-in'))).status).toBe(201);
});

const vouched = async (claims: JWTPayload) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: keys.es256.kid })
    .sign(await importJWK(keys.es256.privateJwk, 'ES256'));

test('a software statement of somebody trusted counts for more than the client', async () => {
  const it = await flowWorld({
    registration: { softwareIssuers: [{ issuer: 'https://trust.example', jwks: jwks(keys.other, keys.es256) }] },
  });
  const stated = { iss: 'https://trust.example', software_id: 'app-1', redirect_uris: [callback], client_name: 'True' };
  const software_statement = await vouched(stated);
  const client = await register(it, { client_name: 'Claimed', software_statement });
  expect(client).toMatchObject({
    client_name: 'True',
    software_id: 'app-1',
    redirect_uris: [callback],
    software_statement,
  });
  expect(client.iss).toBeUndefined();
  const late = { ...stated, exp: start / 1000 - 1 };
  for (const wrong of [`${software_statement.slice(0, -8)}AAAAAAAA`, await vouched(late)])
    expect(await register(it, { software_statement: wrong })).toMatchObject({ error: 'invalid_software_statement' });
  const stranger = await vouched({ ...stated, iss: 'https://evil.example' });
  expect(await register(it, { software_statement: stranger })).toMatchObject({
    error: 'unapproved_software_statement',
  });
});

test('keys and sectors are fetched where the IdP can', async () => {
  const asked: OutgoingRequest[] = [];
  const documents: { readonly [url: string]: unknown } = {
    'https://app.example/jwks': publicKeys,
    'https://app.example/uris': [callback],
    'https://app.example/private': secretKey,
  };
  const call: Call = async (request) => {
    asked.push(request);
    const body = documents[request.url];
    if (body === undefined) throw new Error('refused');
    return { status: 200, body: Buffer.from(JSON.stringify(body)) };
  };
  const it = await flowWorld({ call });
  const method = 'private_key_jwt';
  const jwks_uri = 'https://app.example/jwks';
  const sector_identifier_uri = 'https://app.example/uris';
  const client = await register(it, {
    ...minimal,
    token_endpoint_auth_method: method,
    jwks_uri,
    sector_identifier_uri,
  });
  expect(client).toMatchObject({ jwks_uri, sector_identifier_uri });
  expect(client.jwks).toBeUndefined();
  expect(it.idp.clients.find(client.client_id)?.jwks).toEqual(publicKeys);
  expect(asked.map(({ url }) => url)).toEqual([sector_identifier_uri, jwks_uri]);
  for (const wrong of [
    { jwks_uri: 'https://app.example/nothing' },
    { jwks_uri: 'https://app.example/private' },
    { sector_identifier_uri: jwks_uri },
  ])
    expect(await register(it, { ...minimal, ...wrong })).toMatchObject({ error: 'invalid_client_metadata' });
});

test('a scope that was registered is the most that a client gets', async () => {
  const it = await flowWorld();
  const client = await register(it, {
    ...minimal,
    scope: 'openid items:read',
    grant_types: ['authorization_code', 'client_credentials'],
  });
  const as = { id: client.client_id, secret: String(client.client_secret) };
  const asked = (scope?: string) => it.idp.handle(tokenRequest({ grant_type: 'client_credentials', scope }, as));
  expect(read(await asked())).toMatchObject({ scope: 'items:read' });
  expect(read(await asked('items:write'))).toMatchObject({ error: 'invalid_scope' });
  const refused = await it.idp.handle(asking({ client_id: as.id, scope: 'items:write' }, it.idp.logIn('alice')));
  expect(returned(refused)).toMatchObject({ error: 'invalid_scope' });
});

test('the metadata of a client and the client say the same', () => {
  const texts = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 3 });
  const metadata = fc.record(
    {
      redirect_uris: texts,
      grant_types: texts,
      client_name: fc.string({ minLength: 1 }),
      dpop_bound_access_tokens: fc.boolean(),
      backchannel_logout_uri: fc.webUrl(),
      contacts: texts,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(metadata, (said) => {
      expect(metadataOfClient(clientFromMetadata('x', 's', said))).toEqual({
        client_id: 'x',
        client_secret: 's',
        ...said,
      });
    }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (any) => {
      expect(metadataOfClient(clientFromMetadata('x', undefined, any as never))).toEqual({ client_id: 'x' });
    }),
  );
});

test('when there are too many, the one that registered first is forgotten', () => {
  const clients = createClients([{ id: 'given' }]);
  const registrations = createRegistrations(clients, seeded(1, 'x'), 2);
  for (const id of ['a', 'b', 'c']) registrations.add({ id }, 0);
  expect(clients.list().map(({ id }) => id)).toEqual(['given', 'b', 'c']);
  expect(registrations.find('a')).toBeUndefined();
});
