import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Call, openStage } from './reference-stage.ts';

const stage = await openStage();
afterAll(() => stage[Symbol.asyncDispose]());
const good = await stage.token();
const form: readonly [string, string] = ['content-type', 'application/x-www-form-urlencoded'];

const accepted: readonly [string, Call][] = [
  ['Bearer', { token: good }],
  ['bearer in lower case', { headers: [['authorization', `bearer ${good}`]] }],
  ['BEARER in upper case', { headers: [['AUTHORIZATION', `BEARER ${good}`]] }],
  ['two spaces after the scheme', { headers: [['authorization', `Bearer  ${good}`]] }],
  ['a cookie beside it', { token: good, headers: [['cookie', 'access_token=x']] }],
  ['a HEAD request', { token: good, method: 'HEAD' }],
  ['a form without a token', { token: good, method: 'POST', headers: [form], body: 'a=b' }],
];

test.each(accepted)('accepts %s', async (_, call) => {
  const answer = await stage.call(call);
  expect(answer).toMatchObject({ status: 200, reached: true });
  expect(answer.log).toMatch(/^level=info method=\w+ path=\S+ status=200 sub=user-1 jti=\w+$/);
});

const refused: readonly [what: string, call: Call, status: number, code: string | undefined, cause: string][] = [
  ['nothing', {}, 401, undefined, 'missing Authorization header'],
  [
    'Basic',
    { headers: [['authorization', 'Basic YTpi']] },
    401,
    undefined,
    "unsupported scheme in the Authorization header: 'Basic', expected 'Bearer'",
  ],
  [
    'the token as the scheme',
    { headers: [['authorization', good]] },
    400,
    'invalid_request',
    'malformed Authorization header',
  ],
  ['no token', { headers: [['authorization', 'Bearer']] }, 400, 'invalid_request', 'empty token after Bearer'],
  [
    'two words',
    { headers: [['authorization', `Bearer ${good} x`]] },
    400,
    'invalid_request',
    'malformed Authorization header: got 2 words after Bearer, expected one',
  ],
  [
    'two headers',
    {
      headers: [
        ['authorization', `Bearer ${good}`],
        ['authorization', `Bearer ${good}`],
      ],
    },
    400,
    'invalid_request',
    '2 Authorization headers, expected one',
  ],
  [
    'the query',
    { path: `/items/q1?access_token=${good}` },
    401,
    undefined,
    'missing Authorization header: the token is in the query',
  ],
  [
    'a form',
    { method: 'POST', headers: [form], body: `access_token=${good}` },
    401,
    undefined,
    'the token is in the form body',
  ],
  ['a cookie', { headers: [['cookie', `access_token=${good}`]] }, 401, undefined, 'missing Authorization header'],
  [
    'header and query',
    { path: `/items/q2?access%5Ftoken=${good}`, token: good },
    400,
    'invalid_request',
    'two access tokens',
  ],
  [
    'header and form',
    { method: 'POST', headers: [form], body: `access_token=${good}`, token: good },
    400,
    'invalid_request',
    'two access tokens',
  ],
  [
    '20 KiB',
    { token: 'a'.repeat(20_480) },
    400,
    'invalid_request',
    'malformed token: 20480 characters, at most 16384 are accepted',
  ],
];

test.each(refused)('refuses %s', async (_, call, status, code, cause) => {
  const answer = await stage.call(call);
  expect(answer).toMatchObject({ status, reached: false });
  expect(answer.challenge).toMatch(
    /^Bearer realm="api"(, error="\w+", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+")?$/,
  );
  expect(/error="(\w+)"/.exec(answer.challenge ?? '')?.[1]).toBe(code);
  if (code === undefined) expect(answer.text).not.toContain('"error"');
  expect(answer.log).toContain(cause);
  expect(answer.log).toContain(`status=${status}`);
  expect(stage.logs.join('\n')).not.toContain(good.slice(-40));
});

test('refuses headers too large for any parser, and says so', async () => {
  const answer = await stage.call({ token: 'a'.repeat(300_000) });
  expect(answer.status).toBe(431);
  expect(stage.logs.at(-1)).toContain('status=431 error=invalid_request cause="request headers larger than');
});

test('passes no field by which a caller could claim to be somebody', async () => {
  const headers = [
    ['X-User', 'root'],
    ['X_User', 'root'],
    ['X-Subject', 'root'],
    ['X-Forwarded-Uri', '/admin'],
    ['Cookie', 'a=b'],
  ] as const;
  const answer = await stage.call({ token: good, headers: [...headers, ['traceparent', '00-1-2-01']] });
  expect(answer.status).toBe(200);
  const seen = stage.api.seen.at(-1)?.headers ?? {};
  expect(Object.keys(seen).sort()).toEqual(['connection', 'host', 'traceparent', 'x-subject']);
  expect(seen['x-subject']).toBe('user-1');
});

test('whatever the Authorization field says, the answer is a refusal with a challenge, and the gateway lives on', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'aZ09-._~+/= .,;"\\{}éB'), maxLength: 60 });
  const part = fc.oneof(
    text,
    fc.string().map((word) => Buffer.from(word).toString('base64url')),
  );
  const json = fc.json({ maxDepth: 2 }).map((word) => Buffer.from(word).toString('base64url'));
  const jwt = fc.tuple(json, json, part).map((parts) => parts.join('.'));
  const value = fc
    .tuple(fc.constantFrom('Bearer ', 'bearer  ', ''), fc.oneof(text, jwt))
    .map((parts) => parts.join(''));
  stage.idp.handle = (
    (usual) => (request) =>
      request.path === '/introspect' ? { body: { active: false } } : usual(request)
  )(stage.idp.handle);
  await fc.assert(
    fc.asyncProperty(value, async (authorization) => {
      const answer = await stage.call({ headers: [['authorization', authorization]] });
      expect([400, 401]).toContain(answer.status);
      expect(answer.challenge).toMatch(/^Bearer realm="api"/);
      expect(answer.reached).toBe(false);
      expect(answer.log.split('\n')).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
  expect((await stage.call({ token: good })).status).toBe(200);
});
