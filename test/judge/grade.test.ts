import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grade } from '../../harness/judge/grade.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';

const lexicon = createLexicon();
const operator = (cause: string, ...texts: string[]) => grade({ cause, audience: 'operator', texts, lexicon });

test('silence is D0 without a text', () => {
  expect(operator('token/expired')).toEqual({ grade: 'D0' });
  expect(operator('token/expired', '', '   ', 'GET /items/token-expired 12 ms')).toEqual({ grade: 'D0' });
});

test('the best line counts, and is the one that is shown', () => {
  const lines = [
    'GET /items/a 401',
    'jwt expired',
    'token expired: exp 2026-01-01T09:00:00Z, now 2026-01-01T09:10:02Z',
  ];
  expect(operator('token/expired', ...lines)).toEqual({ grade: 'D4', text: lines[2] });
  expect(operator('token/expired', ...lines.slice(0, 2))).toEqual({ grade: 'D3', text: 'jwt expired' });
  expect(operator('token/expired', ...lines.slice(0, 1))).toEqual({ grade: 'D1', text: 'GET /items/a 401' });
});

test('a line that names another cause misleads, unless a better one stands beside it', () => {
  const wrong = 'jwt audience invalid. expected: https://api';
  expect(operator('token/expired', 'Unauthorized', wrong)).toEqual({
    grade: 'D0',
    text: wrong,
    misleading: 'token/audience',
  });
  expect(operator('token/expired', wrong, 'jwt expired')).toEqual({ grade: 'D3', text: 'jwt expired' });
  expect(operator('token/expired', wrong, 'code: invalid_token')).toEqual({ grade: 'D2', text: 'code: invalid_token' });
});

test('a line that names both is the right one', () => {
  expect(operator('token/expired', 'jwt expired (audience mismatch as well)').grade).toBe('D3');
});

test('a neighbour is the right class', () => {
  expect(operator('gateway/upstream', 'getaddrinfo ENOTFOUND api.example').grade).toBe('D2');
  expect(operator('idp/signing-keys', 'invalid signature').grade).toBe('D2');
});

test('a caller gets one answer: its parts are read as one', () => {
  const texts = ['401 Unauthorized', 'Bearer error="invalid_token"', '{"message":"jwt audience invalid"}'];
  const graded = grade({ cause: 'token/expired', audience: 'caller', texts, lexicon });
  expect(graded).toEqual({ grade: 'D0', text: texts.join('\n'), misleading: 'token/audience' });
});

test('paths, modules, stack frames, colours and escapes say nothing', () => {
  const lines = [
    'GET /items/jwt-expired?token=expired HTTP/1.1',
    '    at Object.tokenExpired (/srv/app/verify.js:12:3)',
    'loaded /srv/node_modules/jwt-expired/index.js',
  ];
  expect(operator('token/expired', ...lines).grade).toBe('D0');
  expect(operator('token/expired', '\u001b[31mjwt \u001b[1mexpired\u001b[0m').grade).toBe('D3');
  expect(operator('token/expired', '{"msg":"\\"exp\\" claim timestamp check failed"}').grade).toBe('D3');
  expect(operator('token/expired', '<pre>&quot;exp&quot; claim timestamp check failed</pre>').grade).toBe('D3');
});

test('fields that every line may carry name nothing', () => {
  const line =
    'level=info iss=https://idp.example aud=https://api exp=1767225600 scope=read kid=k1 alg=RS256 status=200';
  for (const cause of lexicon.operator.keys()) expect(operator(cause, line).grade, cause).toBe('D0');
  const json =
    '{"level":30,"iss":"https://idp.example","aud":"https://api","exp":1767225600,"msg":"request completed"}';
  for (const cause of lexicon.operator.keys()) expect(operator(cause, json).grade, cause).toBe('D0');
});

test('an unknown cause is named by nothing', () => {
  expect(operator('@acme/saml/bridge-down', 'Unauthorized')).toEqual({ grade: 'D1', text: 'Unauthorized' });
});

test("a target's own words name the cause, also one of its own", () => {
  const own = createLexicon([
    { 'token/expired': /OAUTH-1047/g, '@acme/saml/bridge-down': [/SAML-9\b/] },
    { 'token/expired': [/E_STALE/] },
  ]);
  const say = (cause: string, text: string) => grade({ cause, audience: 'operator', texts: [text], lexicon: own });
  for (const text of ['OAUTH-1047', 'OAUTH-1047', 'E_STALE']) expect(say('token/expired', text).grade).toBe('D3');
  expect(say('token/expired', 'jwt expired').grade).toBe('D3');
  expect(say('@acme/saml/bridge-down', 'SAML-9 again').grade).toBe('D3');
  expect(say('token/audience', 'OAUTH-1047').misleading).toBe('token/expired');
  expect(grade({ cause: 'token/expired', audience: 'caller', texts: ['OAUTH-1047'], lexicon: own }).grade).toBe('D3');
  expect(operator('token/expired', 'OAUTH-1047').grade).toBe('D0');
});

test('the same texts always get the same grade', () => {
  const words = fc.constantFrom(
    'jwt',
    'expired',
    'audience',
    'invalid',
    'expected',
    'got',
    '"x"',
    '401',
    'kid',
    '\n',
    'is',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), fc.constantFrom(...lexicon.operator.keys()), (some, cause) => {
      const text = some.join(' ');
      expect(operator(cause, text)).toEqual(operator(cause, text));
      expect(operator(cause, text, text).grade).toBe(operator(cause, text).grade);
    }),
  );
});

test('an access line with the parameters of PKCE names nothing; that they are missing does', () => {
  const line = '"GET /auth?prompt=none&code_challenge=rXJU9&code_challenge_method=S256 HTTP/1.1" 302';
  expect(operator('policy/conditional-access', line).misleading).toBeUndefined();
  expect(operator('attack/code', 'missing code_challenge_method').grade).toBe('D3');
});
