import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { definitions } from '../../mocks/idp/endpoints/index.ts';
import type { Idp } from '../../mocks/idp/idp.ts';
import { openLink } from '../../mocks/links/link.ts';
import { basic, field } from './idp-fixtures.ts';
import { alice, codeFor, flowWorld, request, tokensFor, web } from './idp-flow-fixtures.ts';

/** Malformed requests, shared out among all endpoints. FAILWELL_FUZZ asks for more. */
const requests = Number(process.env.FAILWELL_FUZZ ?? 10_000);

const paths = [...new Set(definitions.flatMap(({ paths: at }) => at('/tenant')))];
const form = 'application/x-www-form-urlencoded';
const names = [
  ...Object.keys(request),
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'token', 'token_type_hint', 'device_code', 'user_code'],
  ...['subject_token', 'subject_token_type', 'actor_token', 'assertion', 'auth_req_id', 'request', 'request_uri'],
  ...['client_assertion', 'client_assertion_type', 'client_secret', 'username', 'password', 'resource', 'audience'],
  ...['claims', 'authorization_details', 'id_token_hint', 'post_logout_redirect_uri', 'logout_hint', 'prompt'],
  ...['max_age', 'response_mode', 'interaction', 'decision', 'rel', 'binding_message', 'requested_expiry', 'dpop_jkt'],
  ...['redirect_uris', 'grant_types', 'response_types', 'jwks', 'jwks_uri', 'software_statement', 'scope'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
];

/** Requests that are wrong in every way that HTTP can carry, and right in enough of it to get past the first check. */
function malformed(known: readonly string[], cookie: string): fc.Arbitrary<HttpRequest> {
  const jwt = fc.tuple(fc.jsonValue(), fc.jsonValue(), fc.base64String()).map(([header, payload, signature]) =>
    [JSON.stringify(header), JSON.stringify(payload)]
      .map((part) => Buffer.from(part).toString('base64url'))
      .concat(signature)
      .join('.'),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '0', '-1', '1e400', 'null', 'true', '[]', '{}', '[null]', '\u0000', '%', 'a'.repeat(5_000)),
  );
  const value = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, text, fc.json(), jwt);
  const pair = fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, text), value);
  const parameters = fc.array(pair, { maxLength: 8 }).map((pairs) => new URLSearchParams(pairs).toString());
  const twice = parameters.map((all) => `${all}&${all}`);
  const json = fc.oneof(
    fc.json(),
    fc.array(pair, { maxLength: 6 }).map((pairs) => JSON.stringify(Object.fromEntries(pairs))),
    fc.constant('{"__proto__":{"redirect_uris":["https://app.example/callback"]},"redirect_uris":null}'),
    fc.constant('['.repeat(5_000)),
  );
  const header = fc.constantFrom<readonly [string, string]>(
    ['content-type', form],
    ['Content-Type', `${form}; charset=utf-16`],
    ['content-type', 'application/json'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['content-type', ''],
    ['cookie', cookie],
    ['cookie', ';=;;=\u00ff'],
    ['authorization', basic(web)],
    ['authorization', 'Basic ='],
    ['authorization', `Basic ${btoa('%:%')}`],
    ['authorization', 'Bearer a.b.c'],
    ['authorization', `DPoP ${known[0]}`],
    ['authorization', `Bearer ${known[0]}`],
    ['dpop', 'a.b.c'],
    ['origin', 'null'],
    ['origin', '\u00e9'],
    ['access-control-request-method', 'POST'],
    ['accept', 'application/token-introspection+jwt'],
    ['host', 'a b'],
  );
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'FOO'),
    path: fc
      .tuple(
        fc.constantFrom(...paths),
        fc.oneof(parameters, text.map(encodeURIComponent)),
        text.map(encodeURIComponent),
      )
      .map(([path, query, below]) => `${path.replace('*', below)}?${query}`),
    headers: fc.array(header, { maxLength: 4 }),
    body: fc.oneof(
      parameters.map(Buffer.from),
      twice.map(Buffer.from),
      json.map(Buffer.from),
      fc.uint8Array({ maxLength: 200 }).map(Buffer.from),
    ),
  });
}

async function prepared() {
  const it = await flowWorld({ autoLogin: true });
  const tokens = await tokensFor(it, { scope: 'openid offline_access' });
  const granted = [tokens.access_token, tokens.refresh_token, tokens.id_token, await codeFor(it)].map(String);
  const words = ['authorization_code', 'refresh_token', 'client_credentials', 'none', 'form_post', alice.username];
  const types = ['urn:ietf:params:oauth:grant-type:device_code', 'urn:ietf:params:oauth:token-type:access_token'];
  const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
  const known = [...granted, ...Object.values(request).map(String), ...words, ...types, exchange];
  return { it, any: malformed(known, it.idp.logIn('alice')) };
}

test(`${requests} malformed requests at every endpoint: each is answered, and none as the mock's own fault`, async () => {
  const { it, any } = await prepared();
  await fc.assert(
    fc.asyncProperty(any, async (asked) => {
      const answer = await it.idp.handle(asked);
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.status).toBeLessThan(500);
      for (const [name, text] of answer.headers) expect(`${name}: ${text}`).toMatch(/^[\x20-\x7e]*$/);
      const type = field(answer, 'content-type');
      if (type?.startsWith('application/json') && asked.method !== 'HEAD' && answer.body.length > 0)
        expect(() => JSON.parse(Buffer.from(answer.body).toString())).not.toThrow();
      expect(({} as { polluted?: unknown; redirect_uris?: unknown }).redirect_uris).toBeUndefined();
    }),
    { numRuns: requests },
  );
}, 600_000);

/** Sends bytes to a port and takes what comes until the peer closes. */
function sent(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let told = '';
    socket.on('data', (chunk) => {
      told += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(told));
    socket.end(bytes);
  });
}

test('bytes that are hardly HTTP get an answer or a closed connection, and the next request is served', async () => {
  const { it, any } = await prepared();
  const idp: Idp = it.idp;
  await using link = await openLink({
    name: 'client→idp',
    listen: true,
    origin: { handle: (asked) => idp.handle(asked) },
    observe: () => {},
    now: () => performance.now(),
  });
  const port = Number(new URL(link.url).port);
  const wire = fc
    .tuple(any, fc.constantFrom('', 'Content-Length: 99999999\r\n', 'Transfer-Encoding: chunked\r\n'), fc.uint8Array())
    .map(([{ method, path, headers, body }, length, junk]) => {
      const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      return Buffer.concat([
        Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields}${length}\r\n`, 'latin1'),
        body,
        junk,
      ]);
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(wire, fc.uint8Array({ minLength: 1 })), async (bytes) => {
      expect(await sent(port, bytes)).not.toMatch(/^HTTP\/1\.1 5/);
    }),
    { numRuns: Math.ceil(requests / 20) },
  );
  const answer = await fetch(`${link.url}/tenant/jwks`);
  expect([answer.status, ((await answer.json()) as { keys: unknown[] }).keys.length > 0]).toEqual([200, true]);
}, 600_000);
