import { X509Certificate } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { createClock, systemClock } from '../../mocks/clock/clock.ts';
import type { Idp } from '../../mocks/idp/idp.ts';
import type { IdpOptions } from '../../mocks/idp/options.ts';
import { thumbprint } from '../../mocks/idp/sender-constraint/certificate.ts';
import { openLink } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { ecdsa, newKeys, pem, validity, x509 } from '../../mocks/pki/certificate.ts';
import { selfSigned } from '../../mocks/pki/self-signed.ts';
import { get, post, read, start, stranger, world } from './idp-fixtures.ts';
import { codeFor, flowWorld, mobile, verifier, web } from './idp-flow-fixtures.ts';

const clock = createClock({ base: { now: () => start } });
const library = await x509();
const authorityKeys = await newKeys();
const authority = await library.X509CertificateGenerator.createSelfSigned({
  name: 'CN=Clients',
  keys: authorityKeys,
  signingAlgorithm: ecdsa,
  ...validity(start, 1, 30),
  extensions: [new library.BasicConstraintsExtension(true, undefined, true)],
});

/** The certificate of a client, in DER, issued by the authority that the IdP trusts. */
async function issued(subject: string, now = start): Promise<Uint8Array> {
  const { publicKey } = await newKeys();
  const made = await library.X509CertificateGenerator.create({
    subject,
    issuer: authority.subject,
    publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: ecdsa,
    ...validity(now, 1, 30),
    extensions: [
      new library.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'client.example' },
        { type: 'url', value: 'https://client.example/id' },
        { type: 'ip', value: '2001:db8::1' },
        { type: 'email', value: 'client@example.com' },
      ]),
    ],
  });
  return new Uint8Array(made.rawData);
}

const derOf = ({ cert }: { readonly cert: string }) => new Uint8Array(new X509Certificate(cert).raw);

const certificate = await issued('C=GB, O=Ex\\, ample, CN=client');
const another = await issued('C=GB, O=Ex\\, ample, CN=another');
const expired = await issued('C=GB, O=Ex\\, ample, CN=client', start - 40 * 86_400_000);
const own = derOf(await selfSigned({ clock, hosts: ['client.example'] }));
const impostor = derOf(
  await (await createAuthority({ clock })).issue({ hosts: ['client.example'], commonName: 'client' }),
);

const registered = (der: Uint8Array) =>
  ({ keys: [{ kty: 'EC', x5c: [Buffer.from(der).toString('base64')] }] }) as NonNullable<typeof selfSignedClient.jwks>;
const issuedClient = { id: 'issued', tokenEndpointAuthMethod: 'tls_client_auth' } as const;
const selfSignedClient: IdpOptions['clients'][0] = {
  id: 'self',
  tokenEndpointAuthMethod: 'self_signed_tls_client_auth',
  tlsClientCertificateBoundAccessTokens: true,
};

const options = (client: object = {}): Partial<IdpOptions> => ({
  clientAuthorities: [pem(authority)],
  clients: [
    { ...issuedClient, ...client },
    { ...selfSignedClient, jwks: registered(own) },
    stranger,
    { ...web, id: 'bound', tlsClientCertificateBoundAccessTokens: true },
  ],
});

const asking = (id: string, clientCertificate?: Uint8Array): HttpRequest => ({
  ...post('/tenant/token', { grant_type: 'client_credentials', client_id: id }, { authorization: '' }),
  ...(clientCertificate && { clientCertificate }),
});

test.each([
  ['subject DN', { tlsClientAuthSubjectDn: 'CN=client,O=Ex\\, ample,C=GB' }],
  ['subject DN with spaces', { tlsClientAuthSubjectDn: 'CN=client, O=Ex\\, ample, C=GB' }],
  ['DNS name', { tlsClientAuthSanDns: 'client.example' }],
  ['URI', { tlsClientAuthSanUri: 'https://client.example/id' }],
  ['IP address', { tlsClientAuthSanIp: '2001:DB8:0::1' }],
  ['e-mail address', { tlsClientAuthSanEmail: 'client@example.com' }],
])('tls_client_auth by %s (RFC 8705 §2.1)', async (_, client) => {
  const { idp } = await world(options(client));
  const answer = await idp.handle(asking('issued', certificate));
  expect([answer.status, read(answer)]).toEqual([200, expect.objectContaining({ token_type: 'Bearer' })]);
});

const dn = { tlsClientAuthSubjectDn: 'CN=client,O=Ex\\, ample,C=GB' };

test.each([
  ['no certificate', dn, undefined],
  ['no DER', dn, Buffer.from('nonsense')],
  ["another client's certificate", dn, another],
  ['an expired certificate', dn, expired],
  ['a certificate that nobody issued', { tlsClientAuthSanDns: 'client.example' }, own],
  ['a certificate of another authority', { tlsClientAuthSanDns: 'client.example' }, impostor],
  ['the subject the other way round', { tlsClientAuthSubjectDn: 'C=GB,O=Ex\\, ample,CN=client' }, certificate],
  ['another DNS name', { tlsClientAuthSanDns: 'example' }, certificate],
  ['another IP address', { tlsClientAuthSanIp: '2001:db8::2' }, certificate],
  ['no registered subject', {}, certificate],
])('tls_client_auth is invalid_client with %s', async (_, client, der) => {
  const { idp } = await world(options(client));
  const answer = await idp.handle(asking('issued', der));
  expect([answer.status, read(answer).error]).toEqual([401, 'invalid_client']);
});

test('self_signed_tls_client_auth, and a token that is bound to the certificate (RFC 8705 §2.2, §3)', async () => {
  const { idp } = await world(options());
  const answer = read(await idp.handle(asking('self', own)));
  expect(answer.token_type).toBe('Bearer');
  expect(decodeJwt(String(answer.access_token)).cnf).toEqual({ 'x5t#S256': thumbprint(own) });
  for (const der of [undefined, certificate]) {
    const refused = await idp.handle(asking('self', der));
    expect([refused.status, read(refused).error]).toEqual([401, 'invalid_client']);
  }
  const secretOnly = post(
    '/tenant/token',
    { grant_type: 'client_credentials', client_id: 'bound', client_secret: web.secret },
    { authorization: '' },
  );
  expect(read(await idp.handle(secretOnly)).error).toBe('invalid_request');
  expect(read(await idp.handle({ ...secretOnly, clientCertificate: own })).token_type).toBe('Bearer');
});

test("a public client's refresh token and UserInfo need the same certificate", async () => {
  const bound = {
    ...mobile,
    tlsClientCertificateBoundAccessTokens: true,
    grantTypes: ['authorization_code', 'refresh_token'],
  };
  const it = await flowWorld({ clients: [web, bound] });
  const redirect = { redirect_uri: 'http://127.0.0.1/callback' };
  const code = await codeFor(it, { client_id: 'mobile', ...redirect });
  const send = (form: { readonly [name: string]: string }, clientCertificate: Uint8Array) =>
    it.idp.handle({
      ...post('/tenant/token', { client_id: 'mobile', ...form }, { authorization: '' }),
      clientCertificate,
    });
  const tokens = read(
    await send({ grant_type: 'authorization_code', code, code_verifier: verifier, ...redirect }, own),
  );
  const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) };
  expect(read(await send(refresh, another)).error).toBe('invalid_grant');
  const userinfo = (clientCertificate: Uint8Array | undefined) =>
    it.idp.handle({
      ...get('/tenant/userinfo'),
      headers: [['Authorization', `Bearer ${tokens.access_token}`]],
      ...(clientCertificate && { clientCertificate }),
    });
  expect((await userinfo(own)).status).toBe(200);
  for (const der of [undefined, another]) expect(read(await userinfo(der)).error).toBe('invalid_token');
  expect((await send(refresh, own)).status).toBe(200);
});

test('an authority that is no certificate is refused at once', async () => {
  await expect(world({ clientAuthorities: ['nonsense'] })).rejects.toMatchObject({ code: 'config' });
});

test('the metadata says where certificates are asked for (RFC 8705 §5)', async () => {
  const path = '/tenant/.well-known/openid-configuration';
  const { idp } = await world({ mtlsOrigin: 'https://127.0.0.1:9444', clientAuthorities: [pem(authority)] });
  const metadata = read(await idp.handle(get(path)));
  expect(metadata).toMatchObject({
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_methods_supported: expect.arrayContaining(['tls_client_auth', 'self_signed_tls_client_auth']),
    mtls_endpoint_aliases: { token_endpoint: 'https://127.0.0.1:9444/tenant/token' },
  });
  const without = read(await (await world()).idp.handle(get(path)));
  expect(without).not.toHaveProperty('mtls_endpoint_aliases');
  expect(without).not.toHaveProperty('tls_client_certificate_bound_access_tokens');
  // Without an authority nobody could use the one method, without a link that asks for certificates neither.
  const asking = read(await (await world({ clientCertificates: true })).idp.handle(get(path)));
  for (const at of ['token', 'introspection', 'revocation'])
    expect(
      [without, asking].map((document) =>
        (document[`${at}_endpoint_auth_methods_supported`] as string[]).filter((method) => method.includes('tls')),
      ),
    ).toEqual([[], ['self_signed_tls_client_auth']]);
});

test('a link hands on the certificate of the TLS handshake, and serves those who have none', async () => {
  const ca = await createAuthority({ clock: systemClock });
  const server = await ca.issue({ hosts: ['127.0.0.1'] });
  const client = await selfSigned({ clock: systemClock, hosts: ['client.example'] });
  let idp: Idp | undefined;
  await using link = await openLink({
    name: 'client→idp',
    listen: true,
    origin: { handle: async (request) => (idp as Idp).handle(request) },
    tls: { ...server, requestClientCertificates: { ca: ca.caPem } },
    observe: () => {},
    now: () => performance.now(),
  });
  const { idp: made } = await world({
    issuer: link.url,
    clients: [{ ...selfSignedClient, jwks: registered(derOf(client)) }, stranger],
  });
  idp = made;
  const send = (credentials: object) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const asked = httpsRequest(`${link.url}/token`, {
        method: 'POST',
        ca: ca.caPem,
        agent: false,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        ...credentials,
      });
      asked.on('error', reject).on('response', async (response) => {
        resolve({ status: response.statusCode, body: Buffer.concat(await response.toArray()).toString() });
      });
      asked.end('grant_type=client_credentials&client_id=self');
    });
  const answer = await send(client);
  expect(answer.status).toBe(200);
  expect(decodeJwt(JSON.parse(answer.body).access_token).cnf).toEqual({ 'x5t#S256': thumbprint(derOf(client)) });
  expect((await send({})).status).toBe(401);
});
