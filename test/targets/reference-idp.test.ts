import { expect, test } from 'vitest';
import { keys, openStage, otherTls, type Reply } from './reference-stage.ts';

/** Short enough for a test to wait for, and otherwise like the real ones. */
const limits = { idpDeadline: 400, connectDeadline: 200, retryPause: 20, keyRefresh: 50, longestRetryAfter: 300 };
type Stage = Awaited<ReturnType<typeof openStage>>;

const at =
  (stage: Stage, path: string, reply: Reply) =>
  (usual = stage.idp.handle): void => {
    stage.idp.handle = (request) => (request.path === path ? reply : usual(request));
  };

async function good(stage: Stage): Promise<void> {
  const token = await stage.token();
  await expect.poll(async () => (await stage.call({ token })).status, { interval: 20 }).toBe(200);
}

const discovery = '/.well-known/openid-configuration';
const html = '<!DOCTYPE html><title>Sign in</title>';

const broken: readonly [what: string, path: string, reply: Reply, cause: RegExp, tries: number][] = [
  [
    'never answered',
    '/jwks',
    'hang',
    /JWKS \S+\/jwks not available: timeout: no answer from 127\.0\.0\.1:\d+ within 400 ms/,
    1,
  ],
  [
    'reset',
    '/jwks',
    'reset',
    /JWKS \S+ not available: connection (closed by|to) 127\.0\.0\.1:\d+.+\((UND_ERR_SOCKET|ECONNRESET)\)/,
    2,
  ],
  ['a 500', '/jwks', { status: 500 }, /JWKS \S+ answers status 500, .+, expected status 200 with JSON/, 2],
  [
    'a 404',
    '/jwks',
    { status: 404, headers: { 'content-type': 'text/html' }, body: html },
    /JWKS \S+\/jwks answers status 404, 'text\/html', an HTML page, expected/,
    1,
  ],
  ['a 403', discovery, { status: 403 }, /discovery document \S+openid-configuration answers status 403/, 1],
  [
    'a 429',
    '/jwks',
    { status: 429, headers: { 'retry-after': '1' } },
    /JWKS \S+ is rate limited: got status 429, .+Retry-After 0\.3 s/,
    1,
  ],
  [
    'a redirect',
    '/jwks',
    { status: 302, headers: { location: 'https://127.0.0.1:1/' } },
    /JWKS \S+ answers status 302, a redirect to 'https:.+' that is not followed/,
    1,
  ],
  [
    'an HTML page',
    '/jwks',
    { headers: { 'content-type': 'text/html' }, body: html },
    /JWKS \S+ is not valid JSON: got status 200, 'text\/html', an HTML page/,
    1,
  ],
  ['an empty body', '/jwks', { body: '' }, /JWKS \S+ is not valid JSON: .+an empty body/, 1],
  ['an array', '/jwks', { body: [] }, /JWKS \S+ is an array, expected a JSON object/, 1],
  ['no keys', '/jwks', { body: { key: [] } }, /JWKS \S+ has no keys array: keys is undefined/, 1],
  ['an empty set', '/jwks', { body: { keys: [] } }, /JWKS \S+ has no usable signing key: 0 keys/, 1],
  [
    'garbled keys',
    '/jwks',
    { body: { keys: [{ kty: 'RSA', kid: 'rsa-1', e: 'AQAB' }, null] } },
    /no usable signing key: 2 keys; kid 'rsa-1': member n is missing/,
    1,
  ],
  [
    'one garbled key',
    '/jwks',
    { body: { keys: [{ kty: 'RSA', kid: 'rsa-1', n: 'AQAB', e: 'AQAB' }, keys.ec.publicJwk] } },
    /signing key 'rsa-1' in JWKS \S+ not usable: it has \d+ bits, at least 2048/,
    1,
  ],
  [
    'too much',
    '/jwks',
    { body: { keys: [], pad: 'x'.repeat(300_000) } },
    /JWKS \S+ must be at most 262144 bytes, got more/,
    1,
  ],
  [
    'another issuer',
    discovery,
    { body: { issuer: 'https://other.test', jwks_uri: 'https://other.test/jwks' } },
    /discovery document \S+ is not this issuer's: issuer is 'https:\/\/other\.test', expected 'https:/,
    1,
  ],
  [
    'an http jwks_uri',
    '',
    { body: {} },
    /has jwks_uri invalid: got 'http:\/\/127\.0\.0\.1\/jwks', expected an https URL/,
    1,
  ],
];

test.each(broken)('cold and %s: 503, named, and back afterwards', async (what, path, reply, cause, tries) => {
  await using stage = await openStage({ limits });
  const usual = stage.idp.handle;
  at(stage, path, reply)();
  if (path === '') at(stage, discovery, { body: { issuer: stage.idp.url, jwks_uri: 'http://127.0.0.1/jwks' } })();
  const answer = await stage.call({ token: await stage.token() });
  expect(answer).toMatchObject({ status: 503, reached: false, challenge: undefined });
  expect(answer.log).toMatch(cause);
  expect(answer.log).toMatch(/^level=error .+ status=503 .*error=temporarily_unavailable/);
  expect(JSON.parse(answer.text)).toMatchObject({ error: 'temporarily_unavailable' });
  expect(answer.text).not.toContain('127.0.0.1');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(
    stage.idp.seen.filter((request) => request.path === (path || discovery)),
    what,
  ).toHaveLength(tries);
  stage.idp.handle = usual;
  await good(stage);
});

test('cold and nobody listens: 503, named, bounded tries, and back afterwards', async () => {
  await using stage = await openStage({ limits });
  await stage.idp.down();
  const token = await stage.token();
  const answers = await Promise.all(Array.from({ length: 10 }, () => stage.call({ token })));
  for (const { status, log } of answers) {
    expect(status).toBe(503);
    expect(log).toMatch(
      /discovery document \S+ not available: connection to 127\.0\.0\.1:\d+ refused \(ECONNREFUSED\)/,
    );
  }
  await stage.idp.up();
  await good(stage);
  expect(stage.idp.seen).toHaveLength(2);
});

test('an expired certificate is named', async () => {
  await using stage = await openStage({ limits });
  await stage.idp.down();
  await stage.idp.up(await otherTls({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') }));
  const answer = await stage.call({ token: await stage.token() });
  expect(answer.status).toBe(503);
  expect(answer.log).toMatch(/the certificate of 127\.0\.0\.1:\d+ has expired \(CERT_HAS_EXPIRED\)/);
});

test('one failure that passes goes unnoticed', async () => {
  await using stage = await openStage({ limits });
  const usual = stage.idp.handle;
  let first = true;
  stage.idp.handle = (request) => {
    const fails = first && request.path === '/jwks';
    if (fails) first = false;
    return fails ? 'reset' : usual(request);
  };
  expect((await stage.call({ token: await stage.token() })).status).toBe(200);
});

test('many first requests share one fetch', async () => {
  await using stage = await openStage();
  const token = await stage.token();
  const answers = await Promise.all(Array.from({ length: 20 }, () => stage.call({ token })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(stage.idp.seen.map(({ path }) => path)).toEqual([discovery, '/jwks']);
});

test('cached keys serve while the IdP is down, also when they are old, and an unknown kid is not blamed on the token', async () => {
  await using stage = await openStage({ limits: { ...limits, keyCache: 60 } });
  const token = await stage.token();
  await good(stage);
  await stage.idp.down();
  await expect
    .poll(
      () =>
        stage.logs.some((line) => /using keys fetched .+ECONNREFUSED/.test(line)) ||
        stage.call({ token }).then(() => false),
      { interval: 20 },
    )
    .toBe(true);
  expect((await stage.call({ token })).status).toBe(200);
  const answer = await stage.call({ token: await stage.tokenBy(keys.rotated) });
  expect(answer.status).toBe(503);
  expect(answer.log).toMatch(/no cached key with kid 'rsa-2', and the keys cannot be refreshed: .+ECONNREFUSED/);
});

test('a rotated key is found, a withdrawn one is gone, and a storm of unknown kids is bounded', async () => {
  await using stage = await openStage({ limits: { keyRefresh: 300 } });
  await good(stage);
  const [old, rotated] = [await stage.token(), await stage.tokenBy(keys.rotated)];
  const refused = await stage.call({ token: rotated });
  expect(refused.status).toBe(401);
  expect(refused.log).toMatch(/no key with kid 'rsa-2' in JWKS \S+, which has 'rsa-1', 'ec-1'/);
  stage.published.splice(0, 1, keys.rotated);
  await expect.poll(async () => (await stage.call({ token: rotated })).status, { interval: 20 }).toBe(200);
  expect((await stage.call({ token: old })).status).toBe(401);
  const before = stage.idp.seen.length;
  const begun = performance.now();
  for (let n = 0; n < 50; n++) await stage.call({ token: old });
  const fetches = (stage.idp.seen.length - before) / 2;
  expect(fetches).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - begun) / 300));
});

test('a key replaced under the same kid is found', async () => {
  await using stage = await openStage({ limits });
  await good(stage);
  const replaced = { ...keys.rotated, kid: 'rsa-1', publicJwk: { ...keys.rotated.publicJwk, kid: 'rsa-1' } };
  stage.published.splice(0, 1, replaced);
  const token = await stage.tokenBy(replaced);
  await expect.poll(async () => (await stage.call({ token })).status, { interval: 20 }).toBe(200);
});

test('of two keys with one kid either may sign; without kid two keys for the algorithm are one too many', async () => {
  await using stage = await openStage();
  const twin = { ...keys.rotated, kid: 'rsa-1', publicJwk: { ...keys.rotated.publicJwk, kid: 'rsa-1' } };
  stage.published.push(twin);
  expect((await stage.call({ token: await stage.token() })).status).toBe(200);
  expect((await stage.call({ token: await stage.tokenBy(twin) })).status).toBe(200);
});
