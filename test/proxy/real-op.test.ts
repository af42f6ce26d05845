import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeJwt, importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIdp } from '../../harness/idp.ts';
import { type RunningProxy, startProxy } from '../../harness/proxy.ts';
import { foreignKey } from '../../mocks/forge/keys.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { clients, type Saw } from '../mocks/links-clients.ts';
import { openStand, startTarget } from '../targets/stand.ts';
import { audience, openRealOp, scope, secret } from './real-op.ts';

/*
 * The same fault, placed by its id and nothing else, in front of the mock IdP and of a real OP: clients see the same.
 */
interface Before extends AsyncDisposable {
  readonly proxy: RunningProxy;
}
let folder: string;
const before: { [idp: string]: Before } = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'failwell-op-'));
  const idp = await startIdp({ seed: 1 });
  const proxy = await startProxy({ to: idp.url, tls: true, host: '127.0.0.1', seed: 1 });
  before['the mock IdP'] = {
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await idp[Symbol.asyncDispose]();
    },
  };
  before['oidc-provider'] = await openRealOp();
});
afterAll(async () => {
  for (const one of Object.values(before)) await one[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const text = ({ body }: Saw) => String(body);
const parsed = (saw: Saw) => JSON.parse(text(saw)) as Record<string, unknown>;

/** What a client sees: how it fails, by client where they differ, or what it gets where it got `well` without the fault. */
interface Sight {
  readonly code?: RegExp;
  readonly deadline?: number;
  readonly path?: string;
  readonly form?: string;
  saw?(saw: Saw, well: Saw): void;
}
const discovery = '/.well-known/openid-configuration';
const fails = (code: RegExp, more: Sight = {}): Sight => ({ code, ...more });
const shows = (saw: Sight['saw'] & object, more: Sight = {}): Sight => ({ ...more, saw });
const status = (code: number): Sight => shows((saw) => expect(saw.status).toBe(code));
const field = (name: string, value: RegExp, more?: Sight): Sight =>
  shows(({ headers }) => expect([headers?.[name]].flat().join(', ')).toMatch(value), more);

/** One of each family of each layer that a client can see, but for `dns`, which stands before the far end. */
const sights: { readonly [fault: string]: Sight } = {
  'tcp/refused': fails(/^(ECONNREFUSED|curl:7)$/),
  'tcp/reset': fails(/^(UND_ERR_SOCKET|ECONNRESET|curl:(35|56))$/),
  'tcp/hang': fails(/^(TIMEOUT|curl:28)$/, { deadline: 300 }),
  'tls/expired-certificate': fails(/^(CERT_HAS_EXPIRED|curl:60)$/),
  'tls/self-signed': fails(/^(DEPTH_ZERO_SELF_SIGNED_CERT|curl:60)$/),
  'tls/unknown-authority': fails(/^(SELF_SIGNED_CERT_IN_CHAIN|curl:60)$/),
  'tls/wrong-host': fails(/^(ERR_TLS_CERT_ALTNAME_INVALID|curl:60)$/),
  'tls/missing-intermediate': fails(/^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|curl:60)$/),
  'tls/wrong-usage': fails(/^(INVALID_PURPOSE|curl:60)$/),
  'tls/alert-40': fails(/^(ERR_SSL_SSL\/TLS_ALERT_HANDSHAKE_FAILURE|ERR_SSL_\w+|EPROTO|curl:35)$/),
  'tls/only-tls-1.0': fails(/^(ERR_SSL_\w+|EPROTO|curl:35)$/),
  'http/status-503': shows((saw, well) => {
    expect(saw.status).toBe(503);
    expect(parsed(saw)).toEqual(parsed(well));
  }),
  'http/rate-limited': field('retry-after', /^1$/),
  'http/redirect-elsewhere': status(302),
  'http/truncated': fails(/^(UND_ERR_SOCKET|ECONNRESET|curl:18)$/),
  'http/reset-mid-answer': fails(/^(UND_ERR_SOCKET|ECONNRESET|curl:56)$/),
  'http/length-garbage': fails(/^(HTTPParserError|UND_ERR_\w+|HPE_\w+|curl:8)$/),
  'http/field-injected': field('x-injected', /^yes$/),
  'http/content-type-text-html': field('content-type', /^text\/html$/),
  'http/gzip-unsaid': shows(({ body }, well) => expect(JSON.parse(String(gunzipSync(body!)))).toEqual(parsed(well))),
  'http/proxy-authentication-required': status(407),
  'http/cache-for-ever': field('cache-control', /immutable/),
  'http/date-ahead': shows(({ headers }) =>
    expect(Math.abs(Date.parse(String(headers?.date)) - Date.now() - 600_000)).toBeLessThan(30_000),
  ),
  // Without its client's credentials a token request is refused, in the words of RFC 6749 §5.2.
  'http/request-authorization-dropped': shows(
    (saw, well) => {
      expect(well.status).toBe(200);
      expect([saw.status, parsed(saw).error]).toEqual([
        expect.toBeOneOf([400, 401]),
        expect.stringMatching(/^invalid_(client|request)$/),
      ]);
    },
    { path: '/token', form: 'grant_type=client_credentials' },
  ),
  'document/malformed-json': shows((saw) => expect(() => parsed(saw)).toThrow()),
  'document/byte-order-mark': shows(({ body }) => expect(body!.subarray(0, 3).toString('hex')).toBe('efbbbf')),
  'document/removed-jwks-uri': shows((saw, well) => {
    const { jwks_uri, ...others } = parsed(well);
    expect(parsed(saw)).toEqual(others);
  }),
  'document/issuer-other': shows((saw, well) =>
    expect(parsed(saw)).toEqual({ ...parsed(well), issuer: 'https://other-idp.example' }),
  ),
  'document/swapped-token-endpoint': shows((saw, well) =>
    expect(parsed(saw)).toEqual({ ...parsed(well), token_endpoint: parsed(well).userinfo_endpoint }),
  ),
  'document/elsewhere-jwks-uri': shows((saw) => expect(parsed(saw).jwks_uri).toBe('https://idp.elsewhere.invalid/')),
  'document/jwks-overlay': shows(
    (saw, well) => {
      const keys = parsed(well).keys as JWK[];
      expect(parsed(saw).keys).toEqual([...keys, expect.objectContaining({ kid: 'failwell-overlay' })]);
    },
    { path: '/jwks' },
  ),
};

const credentials: { readonly [idp: string]: string } = {
  'the mock IdP': 'web:web-secret',
  'oidc-provider': `app:${secret}`,
};

describe.each(Object.keys(credentials))('in front of %s', (idp) => {
  describe.each(clients)('%s sees', (name, connect) => {
    test.each(Object.entries(sights))('%s', async (fault, { code, saw, path = discovery, form, deadline }) => {
      const { proxy } = before[idp]!;
      await using client = connect(proxy.url, proxy.ca!.pem, folder);
      const basic = `Basic ${Buffer.from(credentials[idp]!).toString('base64')}`;
      const asking =
        form === undefined ? [] : ['Authorization', basic, 'Content-Type', 'application/x-www-form-urlencoded'];
      const get = (within?: number) => client.get(path, asking, within, form);
      const well = await get();
      expect(well).toMatchObject({ status: 200 });
      const clear = await proxy.place(fault);
      const result = await get(deadline);
      await clear();
      if (code) expect(result.code, name).toMatch(code);
      else expect(result.code).toBeUndefined();
      saw?.(result, well);
      await expect.poll(() => get()).toMatchObject({ status: 200 });
    });
  });
});

test('a gateway in front of the real OP takes what the harness forged while its key overlays the JWK Set, and no longer', async () => {
  const { proxy } = before['oidc-provider']!;
  await using stand = await openStand();
  const clientOf = clients[1]![1];
  await using client = clientOf(proxy.url, proxy.ca!.pem, folder);
  const basic = `Basic ${Buffer.from(credentials['oidc-provider']!).toString('base64')}`;
  const said = await client.get(
    '/token',
    ['Authorization', basic, 'Content-Type', 'application/x-www-form-urlencoded'],
    undefined,
    `grant_type=client_credentials&scope=${scope}`,
  );
  const genuine = parsed(said).access_token as string;
  const key = foreignKey('failwell-overlay');
  const { jti, ...claims } = decodeJwt(genuine);
  const forged = await new SignJWT({ ...claims, sub: 'mallory', jti: 'forged' })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt' })
    .sign(await importJWK(key.privateJwk as JWK, key.alg));

  const wiring = {
    ...stand.wiring,
    issuer: proxy.url,
    jwksUri: `${proxy.url}/jwks`,
    introspectionEndpoint: `${proxy.url}/token/introspection`,
    audience,
    scope,
    ca: { pem: `${proxy.ca!.pem}${stand.wiring.ca.pem}`, file: stand.wiring.ca.file },
  };
  writeFileSync(wiring.ca.file, wiring.ca.pem);
  const ask = async () => {
    // A new one each time: it remembers keys.
    await using gateway = await startTarget(reference, wiring);
    await using caller = clientOf(gateway.url, wiring.ca.pem, folder);
    const call = async (bearer: string) => (await caller.get('/items', ['Authorization', `Bearer ${bearer}`])).status;
    return [await call(genuine), await call(forged)];
  };
  expect(await ask()).toEqual([200, 401]);
  const clear = await proxy.place('document/jwks-overlay', { at: 'jwks' });
  expect(await ask()).toEqual([200, 200]);
  await clear();
  expect(await ask()).toEqual([200, 401]);
});
