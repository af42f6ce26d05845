import fc from 'fast-check';
import { expect, test } from 'vitest';
import { field, read } from './idp-fixtures.ts';
import { alice, callback, flowWorld, tokensFor, web } from './idp-flow-fixtures.ts';
import { minimal, register } from './idp-registration-fixtures.ts';

const bye = 'https://app.example/bye';

const metadataNames = [
  ...['redirect_uris', 'grant_types', 'response_types', 'scope', 'jwks', 'jwks_uri', 'client_name', 'contacts'],
  ...['token_endpoint_auth_method', 'id_token_signed_response_alg', 'subject_type', 'software_statement'],
  ...['client_id', 'client_secret', '__proto__', 'constructor', 'toString', 'client_name#__proto__'],
];

test('whatever is registered, it is an answer of RFC 7591, and nothing that was wrong is kept', async () => {
  const it = await flowWorld();
  const own = await register(it);
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom([callback], ['code'], ['authorization_code'], 'none', own.client_id, { keys: [{ kty: 'EC' }] }),
  );
  const metadata = fc.dictionary(fc.constantFrom(...metadataNames), value).map((object) => JSON.stringify(object));
  const any = fc.record({
    method: fc.constantFrom('POST', 'PUT', 'GET', 'OPTIONS', 'PATCH'),
    place: fc.constantFrom('', '/', `/${own.client_id}`, '/%', '/../x', '/__proto__'),
    body: fc.oneof({ weight: 9, arbitrary: metadata }, fc.string({ unit: 'binary' })),
    headers: fc.subarray([
      ['content-type', 'application/json'] as const,
      ['authorization', `Bearer ${own.registration_access_token}`] as const,
      ['authorization', 'Bearer x'] as const,
    ]),
  });
  await fc.assert(
    fc.asyncProperty(any, async ({ method, place, body, headers }) => {
      const path = `/tenant/register${place}`;
      const answer = await it.idp.handle({ method, path, headers, body: Buffer.from(body) });
      expect([200, 201, 400, 401, 404, 405]).toContain(answer.status);
      for (const [, text] of answer.headers) expect(text).toMatch(/^[\x20-\x7e]*$/);
      if (answer.status === 400) expect(read(answer).error).toMatch(/^(invalid|unapproved)_[a-z_]+$/);
      if (answer.status === 201) expect(JSON.stringify(read(answer).redirect_uris ?? [])).toMatch(/^\[.*\]$/);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever a logout asks for, it ends at a page or at a registered URI', async () => {
  const it = await flowWorld({ clients: [{ ...web, postLogoutRedirectUris: [bye] }] });
  const { id_token } = await tokensFor(it);
  const cookie = it.idp.logIn(alice.username);
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constantFrom(bye, `${bye}.evil.example`, 'web', 'alice', String(id_token), `${id_token}x`),
  );
  const names = ['id_token_hint', 'logout_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'interaction', 'x'];
  const any = fc.record({
    method: fc.constantFrom('GET', 'POST', 'HEAD'),
    place: fc.constantFrom('logout', 'logout/confirm', 'check-session', 'logout/x'),
    parameters: fc
      .array(fc.tuple(fc.constantFrom(...names), value))
      .map((pairs) => new URLSearchParams(pairs).toString()),
    headers: fc.subarray([['content-type', 'application/x-www-form-urlencoded'] as const, ['cookie', cookie] as const]),
  });
  await fc.assert(
    fc.asyncProperty(any, async ({ method, place, parameters, headers }) => {
      const path = `/tenant/${place}${method === 'POST' ? '' : `?${parameters}`}`;
      const answer = await it.idp.handle({ method, path, headers, body: Buffer.from(parameters) });
      expect([200, 303, 400, 404, 405]).toContain(answer.status);
      expect(field(answer, 'location') ?? bye).toMatch(/^https:\/\/app\.example\/bye(\?state=|$)/);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is looked up, WebFinger says yes, no or that it was no question', async () => {
  const it = await flowWorld();
  await register(it, minimal);
  const resource = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.string().map((name) => `acct:${name}`),
    fc.string().map((name) => `https://127.0.0.1:8443/${name}`),
  );
  await fc.assert(
    fc.asyncProperty(resource, async (asked) => {
      const path = `/.well-known/webfinger?${new URLSearchParams({ resource: asked })}`;
      const answer = await it.idp.handle({ method: 'GET', path, headers: [], body: new Uint8Array() });
      expect([200, 400, 404]).toContain(answer.status);
    }),
  );
});
