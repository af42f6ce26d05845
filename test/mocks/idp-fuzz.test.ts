import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRegistered } from '../../mocks/idp/authorization/redirect-uri.ts';
import { boundedMap } from '../../mocks/idp/bounded.ts';
import { field } from './idp-fixtures.ts';
import { alice, callback, codeFor, flowWorld, request, tokensFor } from './idp-flow-fixtures.ts';

const names = [
  ...Object.keys(request),
  ...['prompt', 'max_age', 'response_mode', 'acr_values', 'login_hint', 'interaction', 'decision', 'username'],
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'token', '__proto__', 'constructor'],
];

test('whatever the request, the mock neither fails nor redirects to where it should not', async () => {
  const it = await flowWorld();
  const { refresh_token = '' } = await tokensFor(it, { scope: 'openid offline_access' });
  const known = [await codeFor(it), String(refresh_token), ...Object.values(request).map(String), alice.username];
  const more = ['authorization_code', 'refresh_token', 'none', 'form_post', 'mobile', 'http://127.0.0.1:1/callback'];
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...known, ...more));
  const form = fc
    .array(fc.tuple(fc.constantFrom(...names), value))
    .map((changes) => new URLSearchParams([...Object.entries(request as Record<string, string>), ...changes]));
  const bare = fc.array(fc.tuple(fc.constantFrom(...names), value)).map((pairs) => new URLSearchParams(pairs));
  const cookie = it.idp.logIn('alice');
  const any = fc.record({
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT'),
    place: fc.constantFrom('authorize', 'authorize/interaction', 'token', 'userinfo', 'introspect', 'revoke'),
    parameters: fc.oneof(form, bare).map(String),
    headers: fc.subarray([
      ['content-type', 'application/x-www-form-urlencoded'] as const,
      ['cookie', cookie] as const,
      ['cookie', ';=;;='] as const,
      ['authorization', `Basic ${btoa('web:web+secret')}`] as const,
      ['authorization', 'Bearer a.b.c'] as const,
    ]),
  });
  await fc.assert(
    fc.asyncProperty(any, async ({ method, place, parameters, headers }) => {
      const path = `/tenant/${place}${method === 'POST' ? '' : `?${parameters}`}`;
      const answer = await it.idp.handle({ method, path, headers, body: Buffer.from(parameters) });
      expect([200, 303, 400, 401, 403, 405]).toContain(answer.status);
      const location = field(answer, 'location');
      if (location !== undefined)
        expect(location).toMatch(
          /^https:\/\/app\.example\/(callback|other\?x=1)|^http:\/\/127\.0\.0\.1(:\d+)?\/callback/,
        );
      for (const [, text] of answer.headers) expect(text).toMatch(/^[\x20-\x7e]*$/);
    }),
    { numRuns: 2_000 },
  );
});

test('no redirect_uri but the registered one passes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.string().map((end) => callback + end),
      ),
      (uri) => {
        expect(isRegistered(uri, [callback])).toBe(uri === callback);
      },
    ),
  );
});

test('a bounded map forgets its oldest entry', () => {
  const map = boundedMap<number>(3);
  for (let each = 0; each < 10; each++) map.set(`${each}`, each);
  expect([...map.values()]).toEqual([7, 8, 9]);
});
