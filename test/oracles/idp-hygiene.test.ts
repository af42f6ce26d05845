import { expect, test } from 'vitest';
import type { Headers } from '../../harness/model/http.ts';
import { guardsCookies, hidesReferrer, namesNoVersion } from '../../harness/oracles/hygiene.ts';
import { describesInAscii, escapesMarkup, splitsNoHead } from '../../harness/oracles/sanitised.ts';
import { exchange, historyOf } from './history.ts';

const html: Headers = [['Content-Type', 'text/html']];
const step = { step: 'last', phase: 'stimulus', does: 'ask' } as const;
const answered = (headers: Headers, body = '', status = 200) =>
  historyOf({ kind: 'step-begun', ...step }, exchange('caller→idp', { correlation: 'last', status, headers, body }), {
    kind: 'step',
    ...step,
    outcome: 'refused',
    detail: '',
    took: 1,
  });
const holds = (oracle: ReturnType<typeof escapesMarkup>, headers: Headers, body?: string, status?: number) =>
  oracle.judge(answered(headers, body, status), {}).holds;

test.each([
  ['in a text', '<p>no <failwell-probe></p>', 'no'],
  ['behind a quoted attribute that it ends', `<input value="x"'><failwell-probe>">`, 'no'],
  ['behind a script that it ends', `<script>var a = "</script><failwell-probe>"</script>`, 'no'],
  ['escaped', '<p>&lt;failwell-probe&gt;</p>', 'yes'],
  ['in a quoted attribute', '<input value="&quot;><failwell-probe>">', 'yes'],
  ['in a script', '<script>"<failwell-probe>"</script>', 'yes'],
  ['in a comment', '<!-- <failwell-probe> -->', 'yes'],
  ['nowhere', `<p>${'a'.repeat(50_000)}<`, 'yes'],
] as const)('escapesMarkup: %s', (_, body, expected) => {
  expect(holds(escapesMarkup(), html, body)).toBe(expected);
});

test('escapesMarkup asks nothing of JSON, which no browser shows as a page', () => {
  expect(holds(escapesMarkup(), [['content-type', 'application/json']], '"<failwell-probe>"')).toBe('yes');
});

test('splitsNoHead finds a field of the request', () => {
  expect(
    holds(splitsNoHead(), [
      ['location', '/x'],
      ['Failwell-Probe', '1'],
    ]),
  ).toBe('no');
  expect(holds(splitsNoHead(), [['location', '/x?state=%0D%0Afailwell-probe:1']])).toBe('yes');
});

test.each([
  ['a JSON error', [], '{"error":"invalid_scope","error_description":"Scope ü"}', 400, 'no'],
  ['a quotation mark', [], '{"error_description":"Scope \\"x\\""}', 400, 'no'],
  ['a redirection', [['location', 'https://c.example/?error=x&error_description=a%0Ab']], '', 302, 'no'],
  ['a challenge', [['www-authenticate', 'Bearer error="x", error_description="a \\" b"']], '', 401, 'no'],
  ['printable ASCII', [], `{"error":"x","error_description":"it's fine: ‹secret:code#1›"}`, 400, 'yes'],
] as const)('describesInAscii: %s', (_, headers, body, status, expected) => {
  expect(holds(describesInAscii(), headers, body, status)).toBe(expected);
});

test.each([
  ['a Server field', [['Server', 'nginx/1.22.1']], '', 'no'],
  ['an error page', html, '<hr>openresty/1.21.4', 'no'],
  [
    'a product alone',
    [
      ['Server', 'nginx'],
      ['X-Powered-By', 'Express'],
    ],
    'HTTP/1.1',
    'yes',
  ],
] as const)('namesNoVersion: %s', (_, headers, body, expected) => {
  expect(holds(namesNoVersion(), headers, body)).toBe(expected);
});

test.each([
  ['no policy', html, 'x', 'no'],
  ['a loose one', [...html, ['Referrer-Policy', 'unsafe-url']], 'x', 'no'],
  ['a strict one', [...html, ['Referrer-Policy', 'no-referrer']], 'x', 'yes'],
  ['one in the page', html, '<meta name="referrer" content="same-origin">', 'yes'],
  ['no page', [], '{}', 'unknown'],
] as const)('hidesReferrer: %s', (_, headers, body, expected) => {
  expect(holds(hidesReferrer(), headers, body)).toBe(expected);
});

const cookie = (text: string) => ['Set-Cookie', text] as const;
test.each([
  ['bare', [cookie('s=1; Path=/')], 'HttpOnly', 'no'],
  ['guarded', [cookie('s=1; HttpOnly')], 'HttpOnly', 'yes'],
  ['beside one that scripts read', [cookie('s=1; HttpOnly'), cookie('state=1')], 'HttpOnly', 'yes'],
  ['one of two bare', [cookie('s=1; Secure'), cookie('t=1')], 'Secure', 'no'],
  ['deleted', [cookie('s=; Path=/'), cookie('t=x; Max-Age=0')], 'Secure', 'unknown'],
] as const)('guardsCookies: %s', (_, headers, attribute, expected) => {
  expect(holds(guardsCookies(attribute), headers)).toBe(expected);
});
