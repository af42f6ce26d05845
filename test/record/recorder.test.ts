import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Exchange } from '../../harness/model/exchange.ts';
import type { Entry } from '../../harness/model/history.ts';
import { recordedExchange, type SeenExchange } from '../../harness/record/exchange.ts';
import { startHistory } from '../../harness/record/recorder.ts';
import { createSecrets } from '../../harness/record/secrets.ts';
import { jwt } from './tokens.ts';

function beginning() {
  const secrets = createSecrets();
  let time = 1000;
  const emitted: Entry[] = [];
  const recording = startHistory({ secrets, now: () => time, emit: (entry) => emitted.push(entry) });
  const exchange = (seen: Partial<SeenExchange>) => {
    const whole = { id: 'x1', startedAt: time, endedAt: time, end: 'complete', faults: [], ...seen } as const;
    const entry = recording.record({
      kind: 'exchange',
      link: 'gateway→idp',
      exchange: recordedExchange(whole, recording),
    });
    if (entry.kind !== 'exchange') throw new Error('not an exchange');
    return entry.exchange;
  };
  const log = (line: string) => {
    const entry = recording.record({ kind: 'log', stream: 'stdout', line });
    return entry.kind === 'log' ? entry.line : undefined;
  };
  return { secrets, recording, emitted, exchange, log, pass: (milliseconds: number) => (time += milliseconds) };
}

const bytes = (text: string) => Buffer.from(text);
const answer = (text: string, ...headers: [string, string][]) => ({
  response: { status: 200, headers, body: bytes(text) },
});
const request = (path: string, body = '', ...headers: [string, string][]) => ({
  request: { method: 'POST', path, headers, body: bytes(body) },
});

test('stamps position and time, and emits each entry as it is recorded', () => {
  const { recording, emitted, pass } = beginning();
  pass(5);
  recording.record({ kind: 'fault-applied', fault: 'token/expired', on: 'idp' });
  pass(0.0004);
  const last = recording.record({ kind: 'fault-cleared', fault: 'token/expired' });
  expect(recording.entries).toEqual([
    { seq: 0, at: 5, kind: 'fault-applied', fault: 'token/expired', on: 'idp' },
    { seq: 1, at: 5, kind: 'fault-cleared', fault: 'token/expired' },
  ]);
  expect(emitted).toEqual(recording.entries);
  expect(last).toBe(recording.entries[1]);
});

test('records a token before the entry in which it first shows, and once', () => {
  const { secrets, recording, log } = beginning();
  const token = jwt({ sub: 'alice', note: 'gateway-secret-5f3c9a1e7b' });
  secrets.learn('client_secret', 'gateway-secret-5f3c9a1e7b');
  const { digest } = secrets.learnToken('access_token', token);
  expect(log(`got ${token}`)).toBe('got ‹token:access_token#1›');
  log(`got ${token} again, and marked already: ‹token:access_token#1›`);
  expect(recording.entries.map(({ seq, kind }) => [seq, kind])).toEqual([
    [0, 'token'],
    [1, 'log'],
    [2, 'log'],
  ]);
  expect(recording.entries[0]).toEqual({
    seq: 0,
    at: 0,
    kind: 'token',
    ref: 'access_token#1',
    header: { alg: 'RS256', typ: 'at+jwt' },
    payload: { sub: 'alice', note: '‹secret:client_secret#1›' },
    digest,
  });
});

test('each history shows the tokens that occur in it anew', () => {
  const secrets = createSecrets();
  const token = jwt();
  secrets.learnToken('access_token', token);
  for (let i = 0; i < 2; i += 1) {
    const { record, entries } = startHistory({ secrets, now: () => 0 });
    record({ kind: 'log', stream: 'stdout', line: token });
    expect(entries.map(({ kind }) => kind)).toEqual(['token', 'log']);
  }
});

test('records an exchange with relative times, redacted in path, headers, bodies and error', () => {
  const { secrets, exchange, pass } = beginning();
  secrets.learn('client_secret', 'gateway-secret-5f3c9a1e7b');
  pass(10);
  expect(
    exchange({
      correlation: 'fw-1',
      endedAt: 1012.5,
      ...request('/token?s=gateway-secret-5f3c9a1e7b', 's=gateway-secret-5f3c9a1e7b', [
        'X-S',
        'gateway-secret-5f3c9a1e7b',
      ]),
      ...answer('{"s":"gateway-secret-5f3c9a1e7b"}', ['X-S', 'gateway-secret-5f3c9a1e7b']),
      end: 'reset',
      errors: {
        first: 'far',
        near: { code: 'ECONNRESET', message: 'the link reset it' },
        far: { code: 'ECONNRESET', message: 'read gateway-secret-5f3c9a1e7b' },
      },
      faults: ['http/status-500'],
    }),
  ).toEqual({
    id: 'x1',
    correlation: 'fw-1',
    startedAt: 10,
    endedAt: 12.5,
    request: {
      method: 'POST',
      path: '/token?s=‹secret:client_secret#1›',
      headers: [['X-S', '‹secret:client_secret#1›']],
      body: { text: 's=‹secret:client_secret#1›', bytes: 27 },
    },
    response: {
      status: 200,
      headers: [['X-S', '‹secret:client_secret#1›']],
      body: { text: '{"s":"‹secret:client_secret#1›"}', bytes: 33 },
    },
    end: 'reset',
    error: { side: 'far', code: 'ECONNRESET', message: 'read ‹secret:client_secret#1›' },
    errors: {
      near: { code: 'ECONNRESET', message: 'the link reset it' },
      far: { code: 'ECONNRESET', message: 'read ‹secret:client_secret#1›' },
    },
    faults: ['http/status-500'],
  });
});

test('records a connection that never became HTTP', () => {
  const { exchange } = beginning();
  const near = { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', message: 'alert 48', alert: 'unknown_ca' };
  expect(exchange({ end: 'tls-failed', errors: { first: 'near', near } })).toEqual({
    ...{ id: 'x1', startedAt: 0, endedAt: 0, faults: [], end: 'tls-failed' },
    error: { side: 'near', code: near.code, message: near.message },
    errors: { near },
  });
});

test.each<[string, Partial<SeenExchange>, string, string]>([
  [
    'a token answer',
    answer('{"access_token":"opaque-\\u0041-0123456789"}'),
    'opaque-A-0123456789',
    '‹token:access_token#1›',
  ],
  [
    'a form',
    request('/token', 'code=c0de-123&code_verifier=v%2Brifier+1-2-3'),
    'c0de-123 v+rifier 1-2-3',
    '‹secret:code#1› ‹secret:code_verifier#1›',
  ],
  ['a password', request('/login', 'username=alice&password=horse+staple'), 'horse staple', '‹secret:password#1›'],
  ['a redirect', answer('', ['location', 'https://client/cb?code=c0de-123&state=s']), 'c0de-123', '‹secret:code#1›'],
  [
    'a fragment',
    answer('', ['Location', 'https://client/cb#id_token=opaque-id-1234']),
    'opaque-id-1234',
    '‹token:id_token#1›',
  ],
  [
    'a Bearer header',
    request('/', '', ['authorization', 'Bearer opaque-0123456789']),
    'opaque-0123456789',
    '‹token:access_token#1›',
  ],
  [
    'a Basic header',
    request('/', '', ['Authorization', `Basic ${Buffer.from('id:p4ss%20word').toString('base64')}`]),
    'p4ss word',
    '‹secret:client_secret#1›',
  ],
  ['a cookie', request('/', '', ['Cookie', 'lang=en; sid=0123456789abcdef']), '0123456789abcdef', '‹secret:cookie#1›'],
  ['a new cookie', answer('', ['Set-Cookie', 'sid=0123456789abcdef; Secure']), '0123456789abcdef', '‹secret:cookie#1›'],
  [
    'a form that posts itself',
    answer(`<form><input type=hidden value='c0de&amp;123' NAME=code><input name="lang" value="english-words">`),
    'c0de&123',
    '‹secret:code#1›',
  ],
  [
    'a packed answer',
    {
      response: {
        status: 200,
        headers: [['Content-Encoding', 'gzip']],
        body: gzipSync('{"refresh_token":"r-0123456789"}'),
      },
    },
    'r-0123456789',
    '‹token:refresh_token#1›',
  ],
])('learns from the wire: %s', (_, seen, secret, expected) => {
  const { exchange, log } = beginning();
  const recorded = JSON.stringify(exchange(seen));
  expect(log(`the log says ${secret}`)).toBe(`the log says ${expected}`);
  for (const word of secret.split(' ')) expect(recorded).not.toContain(word);
});

test.each<[string, Partial<SeenExchange>, string]>([
  ['an error code', answer('{"code":"FST_JWT_AUTHORIZATION_TOKEN_EXPIRED"}'), 'FST_JWT_AUTHORIZATION_TOKEN_EXPIRED'],
  ['a bare word', request('/?access_token=garbage', 'token=not-a-token'), 'garbage not-a-token'],
  ['a short cookie', request('/', '', ['cookie', 'theme=default1']), 'default1'],
])('does not take for a secret: %s', (_, seen, text) => {
  const { exchange, log } = beginning();
  exchange(seen);
  expect(log(text)).toBe(text);
});

test('keeps of a long body its beginning, and no secret on its edge', () => {
  const { secrets, exchange } = beginning();
  secrets.learn('client_secret', 'gateway-secret-5f3c9a1e7b');
  const edge = 16 * 1024 - 5;
  const whole = `${'x'.repeat(edge)}gateway-secret-5f3c9a1e7b and more`;
  expect(exchange(answer(whole)).response?.body).toEqual({
    text: `${'x'.repeat(edge)}‹secret:client_secret#1›`,
    bytes: whole.length,
    cut: true,
  });
  const { body } = exchange(answer('é'.repeat(100_000))).response as NonNullable<Exchange['response']>;
  expect(body).toEqual({ text: 'é'.repeat(16 * 1024), bytes: 200_000, cut: true });
  expect(exchange(answer('x', ['long', 'y'.repeat(9000)])).response?.headers[0]?.[1].length).toBe(8192);
});

test('shows binary bodies with replacement characters', () => {
  const { exchange } = beginning();
  const body = Uint8Array.of(0xff, 0x41, 0xfe);
  expect(exchange({ response: { status: 200, headers: [], body } }).response?.body).toEqual({
    text: '\ufffdA\ufffd',
    bytes: 3,
  });
  const broken = { status: 200, headers: [['content-encoding', 'gzip']] as const, body: bytes('no gzip') };
  expect(exchange({ response: broken }).response?.body.text).toBe('no gzip');
});

test('records log lines as a terminal shows them, and finds secrets behind colours', () => {
  const { secrets, log } = beginning();
  secrets.learn('client_secret', 'gateway-secret-5f3c9a1e7b');
  expect(log('\x1b[31merror\x1b[0m:\tgateway-\x1b[1msecret-5f3c\x00\r9a1e7b\x07')).toBe(
    'error:\t‹secret:client_secret#1›',
  );
  expect(log('z'.repeat(100_000))?.length).toBe(8192);
});

test('of a body that streamed by, the beginning is recorded, without its coding, and the length of the whole', () => {
  const { exchange } = beginning();
  const text = Array.from({ length: 20_000 }, (_, n) => `line ${n}\n`).join('');
  for (const [coding, packed] of [
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', bytes(text)],
  ] as const) {
    const body = packed.subarray(0, packed.length / 2);
    const response = { status: 200, headers: [['Content-Encoding', coding]] as const, body, bytes: packed.length };
    const recorded = exchange({ response }).response?.body;
    expect(recorded, coding).toMatchObject({ bytes: packed.length, cut: true });
    expect(recorded?.text.length, coding).toBeGreaterThan(1000);
    expect(text.startsWith(recorded?.text ?? ''), coding).toBe(true);
  }
});
