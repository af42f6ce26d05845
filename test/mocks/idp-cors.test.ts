import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import { field, get, paths, post, read, type World, world } from './idp-fixtures.ts';

const origin = 'https://app.example';
const from = (request: HttpRequest, where = origin): HttpRequest => ({
  ...request,
  headers: [...request.headers, ['Origin', where]],
});
const preflight = (path: string): HttpRequest => {
  const { headers, ...asked } = from(get(path, 'OPTIONS'));
  return { ...asked, headers: [...headers, ['Access-Control-Request-Method', 'POST']] };
};
const path = (url: string) => new URL(url).pathname;

const open = ['discovery', 'jwks', 'token', 'userinfo', 'revocation', 'registration', 'webfinger'] as const;
const shut = ['authorization', 'introspection', 'end-session', 'check-session'] as const;

test.each(open)('a page of any origin may call %s, without cookies', async (name) => {
  const { idp } = await world();
  const place = path(idp.endpoints[name]);
  const allowed = await idp.handle(preflight(place));
  expect([allowed.status, field(allowed, 'access-control-allow-origin')]).toEqual([204, '*']);
  expect(field(allowed, 'access-control-allow-headers')).toMatch(/Authorization.*Content-Type.*DPoP/);
  expect(field(allowed, 'access-control-allow-methods')).toContain('POST');
  const answer = await idp.handle(from(get(place)));
  expect(field(answer, 'access-control-allow-origin')).toBe('*');
  expect(field(answer, 'access-control-allow-credentials')).toBeUndefined();
  expect(field(answer, 'access-control-expose-headers')).toBe('WWW-Authenticate, DPoP-Nonce');
});

test.each(shut)('no page may read what %s answers', async (name) => {
  const { idp } = await world();
  for (const request of [preflight(path(idp.endpoints[name])), from(get(path(idp.endpoints[name])))]) {
    const answer = await idp.handle(request);
    expect(answer.headers.filter(([field]) => field.startsWith('access-control'))).toEqual([]);
    if (request.method === 'OPTIONS') expect(answer.status).toBe(405);
  }
});

test('a refusal can be read, too', async () => {
  const { idp } = await world();
  const refused = await idp.handle(from(post(paths.token, { grant_type: 'x' })));
  expect([refused.status, field(refused, 'access-control-allow-origin')]).toEqual([400, '*']);
  expect(read(refused)).toHaveProperty('error');
});

test('only some origins are let in when the option says so, and caches know', async () => {
  const { idp } = await world({ corsOrigins: [origin] });
  const asked = async (request: HttpRequest) => {
    const answer = await idp.handle(request);
    return [field(answer, 'access-control-allow-origin'), field(answer, 'vary')];
  };
  expect(await asked(from(get(paths.jwks)))).toEqual([origin, 'Origin']);
  expect(await asked(from(get(paths.jwks), 'https://evil.example'))).toEqual([undefined, 'Origin']);
  expect(await asked(get(paths.jwks))).toEqual([undefined, 'Origin']);
  expect(await asked(preflight(paths.token))).toEqual([origin, 'Origin']);
});

test('a preflight request is not a request that a fault counts', async () => {
  const { idp }: World = await world();
  const fault = {
    id: 'test/teapot',
    layer: 'flow',
    seam: 'token-answer',
    cause: 'protocol/unexpected-error',
    summary: '',
    apply: (answer: object) => ({ ...answer, status: 418 }),
  } as never;
  idp.place({ fault, on: 'idp', only: { request: 1 }, schedule: { when: 'always' } }, seeded(1, 'x'));
  expect((await idp.handle(preflight(paths.token))).status).toBe(204);
  expect((await idp.handle(post(paths.token, {}))).status).toBe(418);
});
