import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import type { Exchange } from '../../harness/model/exchange.ts';
import type { Entry, Phase } from '../../harness/model/history.ts';
import { renderRecords } from '../../harness/render.ts';
import { harFileName } from '../../reports/har/file-name.ts';
import { harReporter } from '../../reports/har.ts';
import { scenarios } from '../../scenarios/index.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { runOn } from '../run/engine.ts';
import { aRun } from './a-run.ts';
import { type Har, harFrom } from './har-schema.ts';
import { folder, paper, tell } from './paper.ts';

const runStarted = aRun({ targets: 1 })[0] as Extract<RunEvent, { type: 'run-started' }>;
const at = { scenario: 'gateway/one', target: 'reference/gateway' };

/** The only HAR that these exchanges make. */
async function harOf(exchanges: readonly Exchange[], link: `${string}→${string}` = 'gateway→idp'): Promise<Har> {
  using where = folder();
  const entries = exchanges.map(
    (exchange, seq): RunEvent => ({
      type: 'entry',
      ...at,
      entry: { seq, at: seq, kind: 'exchange', link, exchange },
    }),
  );
  await tell(harReporter(where.path), [runStarted, { type: 'scenario-started', ...at }, ...entries]);
  return harFrom(readFileSync(join(where.path, harFileName(at.scenario, at.target)), 'utf8'));
}

const body = (text: string) => ({ text, bytes: Buffer.byteLength(text) });
const exchange: Exchange = {
  id: 'x1',
  correlation: 'fw-1',
  startedAt: 2.5,
  endedAt: 12.75,
  request: {
    method: 'POST',
    path: '/token?a=1&b=%20x&a=2',
    headers: [
      ['hOsT', 'idp.example:8443'],
      ['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8'],
      ['X-Twice', '1'],
      ['Cookie', 'sid=abc; theme=a=b'],
      ['x-twice', '2'],
    ],
    body: body('grant_type=client_credentials&scope=a+b'),
  },
  response: {
    status: 302,
    headers: [
      ['Location', '/elsewhere'],
      ['Content-Type', 'text/html'],
      [
        'Set-Cookie',
        'sid=‹secret:cookie#1›; Path=/; Domain=a.example; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
      ],
      ['Set-Cookie', 'bad; Secure; Expires=never'],
    ],
    body: body('moved'),
  },
  end: 'complete',
  faults: ['link/redirect'],
};

test('times that are known, with the handshake in the connection, and bytes without HTTP', async () => {
  const timings = { blocked: 0.25, dns: 1, connect: 0.5, tls: 2.5, send: 1, wait: 4, receive: 1 };
  const { request: _, response: __, ...bare } = exchange;
  const stream = { near: 17, far: 4 };
  const { log } = await harOf([
    { ...exchange, timings },
    { ...bare, stream, timings: { blocked: 0, connect: 1, send: 0, wait: 0, receive: 9.25 } },
  ]);
  expect(log.entries).toMatchObject([
    { time: 10.25, timings: { blocked: 0.25, dns: 1, connect: 3, ssl: 2.5, send: 1, wait: 4, receive: 1 } },
    {
      timings: { dns: -1, connect: 1, ssl: -1 },
      request: { method: '-', bodySize: 17, comment: 'A connection that carries no HTTP.' },
      _stream: stream,
    },
  ]);
});

test('a whole exchange: as on the wire, and taken apart', async () => {
  const { log } = await harOf([exchange]);
  expect(log.entries).toMatchObject([
    {
      startedDateTime: '2026-01-02T03:04:05.680Z',
      time: 10.25,
      timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 10.25, receive: 0 },
      request: {
        method: 'POST',
        url: 'https://idp.example:8443/token?a=1&b=%20x&a=2',
        httpVersion: 'HTTP/1.1',
        headers: exchange.request?.headers.map(([name, value]) => ({ name, value })),
        queryString: [
          { name: 'a', value: '1' },
          { name: 'b', value: ' x' },
          { name: 'a', value: '2' },
        ],
        cookies: [
          { name: 'sid', value: 'abc' },
          { name: 'theme', value: 'a=b' },
        ],
        postData: {
          mimeType: 'application/x-www-form-urlencoded;charset=UTF-8',
          text: 'grant_type=client_credentials&scope=a+b',
          params: [
            { name: 'grant_type', value: 'client_credentials' },
            { name: 'scope', value: 'a b' },
          ],
        },
        bodySize: 39,
      },
      response: {
        status: 302,
        statusText: 'Found',
        redirectURL: '/elsewhere',
        content: { size: 5, mimeType: 'text/html', text: 'moved' },
        cookies: [
          {
            name: 'sid',
            value: '‹secret:cookie#1›',
            path: '/',
            domain: 'a.example',
            expires: '2026-10-21T07:28:00.000Z',
            httpOnly: true,
            secure: false,
          },
          { name: 'bad', value: '', httpOnly: false, secure: true },
        ],
      },
      _link: { name: 'gateway→idp', from: 'gateway', to: 'idp' },
      _correlation: 'fw-1',
      _faults: ['link/redirect'],
      _end: 'complete',
    },
  ]);
  expect(log.entries[0]?.response).not.toHaveProperty('_error');
});

test('what never became HTTP is a failed request, with what was seen and on which side', async () => {
  const error = { side: 'near', code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', message: 'alert 48' } as const;
  const errors = {
    near: { code: error.code, message: error.message, alert: 'unknown_ca' },
    far: { code: 'CLOSED', message: 'the link closed it' },
  };
  const { log } = await harOf([
    { id: 'x1', startedAt: 1, endedAt: 2, end: 'tls-failed', error, errors, faults: ['tls/unknown-ca'] },
  ]);
  expect(log.entries).toMatchObject([
    {
      request: { method: '-', url: 'https://idp/', httpVersion: '', headers: [] },
      response: { status: 0, statusText: '', content: { size: 0, mimeType: 'x-unknown' }, _error: error.code },
      _end: 'tls-failed',
      _error: error,
      _errors: errors,
    },
  ]);
});

test('a body that is not all there says so', async () => {
  const { request, response } = exchange as Required<Exchange>;
  const { log } = await harOf([
    {
      ...exchange,
      request: { ...request, body: { text: 'x', bytes: 100_000, cut: true } },
      response: { ...response, headers: [['content-encoding', 'gzip']], body: { text: '\ufffd', bytes: 9 } },
    },
  ]);
  expect(log.entries[0]?.request).toMatchObject({
    bodySize: 100_000,
    postData: { text: 'x', comment: 'Cut: the text is only the beginning.' },
  });
  expect(log.entries[0]?.response.content).toMatchObject({
    size: 9,
    comment: 'The text is without its content coding, the size is that on the wire. U+FFFD stands for what is no text.',
  });
});

describe('whatever was on the wire', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\ud800',
      '%',
      '%zz',
      '=',
      '?',
      '#',
      '‹token:a#1›',
      '[',
      '//',
      'http://[',
      '*',
      'https://a b/',
      ';',
      '\0',
    ),
    fc.string({ unit: fc.constantFrom('%', '4', 'g', '=', '&', ';', '?', '#', ' ', '/', '\udc00', '‹') }),
  );
  const known = fc.constantFrom(
    'Host',
    'cookie',
    'Set-Cookie',
    'Location',
    'content-type',
    'Content-Encoding',
    '__proto__',
  );
  const headers = fc.array(fc.tuple(fc.oneof(known, text), text), { maxLength: 8 });
  const message = fc.record({ text, bytes: fc.nat() });
  const time = fc.double({ min: -1_000, max: 1e9, noNaN: true });
  const any = fc.record(
    {
      id: text,
      startedAt: time,
      endedAt: time,
      end: fc.constantFrom('complete', 'refused', 'reset', 'truncated', 'hung', 'tls-failed', 'closed', 'timed-out'),
      faults: fc.array(text, { maxLength: 2 }),
      correlation: text,
      request: fc.record({ method: text.filter((t) => t !== ''), path: text, headers, body: message }),
      response: fc.record({ status: fc.integer({ min: 0, max: 99_999 }), headers, body: message }),
      error: fc.record({ side: fc.constantFrom('near', 'far'), code: text, message: text }),
    },
    { requiredKeys: ['id', 'startedAt', 'endedAt', 'end', 'faults'] },
  ) as fc.Arbitrary<Exchange>;

  test('it is valid HAR, with the headers in their order and case', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 4 }), async (exchanges) => {
        const { log } = await harOf(exchanges);
        const sent = log.entries.map(({ request }) => request.headers.map(({ name, value }) => [name, value]));
        const ordered = exchanges.toSorted((a, b) => a.startedAt - b.startedAt);
        const clean = (pairs: readonly (readonly [string, string])[] = []) =>
          pairs.map((pair) => pair.map((part) => part.toWellFormed()));
        expect(sent).toEqual(ordered.map(({ request }) => clean(request?.headers)));
      }),
      { numRuns: 300 },
    );
  });
});

test('a storm of exchanges stays bounded, and the comment says what is missing', async () => {
  const { response } = exchange as Required<Exchange>;
  const large = { ...exchange, response: { ...response, body: body('x'.repeat(16_000)) } };
  const many = (one: Exchange, count: number) => Array.from({ length: count }, (_, i) => ({ ...one, id: `x${i}` }));
  const [small, wide] = [await harOf(many(exchange, 2_500)), await harOf(many(large, 600))];
  expect(small.log.entries).toHaveLength(2_000);
  expect(small.log.comment).toContain("500 more exchanges are in the run's record.");
  expect(wide.log.entries.length).toBeLessThan(250);
  expect(wide.log.comment).toContain(`${600 - wide.log.entries.length} more exchanges`);
});

test('a run of which every kind of verdict is a part: a file for each that was begun, and the report renders the same', async () => {
  using where = folder();
  const events = aRun({ targets: 3, noise: 2 });
  await tell(harReporter(join(where.path, 'live')), events);
  writeFileSync(join(where.path, 'run.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const stdout = paper();
  await renderRecords([join(where.path, 'run.ndjson')], ['har'], {
    stdout,
    stderr: stdout,
    colour: false,
    live: false,
  });
  const begun = events.filter((event) => event.type === 'scenario-started');
  const names = readdirSync(join(where.path, 'live')).toSorted();
  expect(names).toEqual(begun.map(({ scenario, target }) => harFileName(scenario, target)).toSorted());
  expect(readdirSync(join(where.path, 'har')).toSorted()).toEqual(names);
  for (const name of names) {
    const text = readFileSync(join(where.path, 'live', name), 'utf8');
    expect(readFileSync(join(where.path, 'har', name), 'utf8')).toBe(text);
    expect(harFrom(text).log.pages.map(({ id }) => id)).toEqual(['control-before', 'stimulus', 'control-after']);
  }
  expect(stdout.text()).toBe('');
});

test('files of one run line up by when each history began; a record that does not say so has them begin together', async () => {
  const second = { scenario: 'gateway/two', target: at.target };
  const began = [
    { type: 'history-began', ...at, at: '2026-01-02T03:05:00.000Z' },
    { type: 'history-began', ...second, at: '2026-01-02T03:07:00.500Z' },
  ] as const;
  const dates = async (told: readonly RunEvent[]) => {
    using where = folder();
    const seen = [at, second].map(
      (one): RunEvent => ({
        type: 'entry',
        ...one,
        entry: { seq: 0, at: 0, kind: 'exchange', link: 'gateway→idp', exchange },
      }),
    );
    const begun = [at, second].map((one): RunEvent => ({ type: 'scenario-started', ...one }));
    await tell(harReporter(where.path), [runStarted, ...begun, ...told, ...seen]);
    return [at, second].map(({ scenario, target }) => {
      const { log } = harFrom(readFileSync(join(where.path, harFileName(scenario, target)), 'utf8'));
      return [log.entries[0]?.startedDateTime, log.comment.includes('the beginning of the run')];
    });
  };
  expect(await dates(began)).toEqual([
    ['2026-01-02T03:05:00.002Z', false],
    ['2026-01-02T03:07:00.502Z', false],
  ]);
  expect(await dates([])).toEqual([
    ['2026-01-02T03:04:05.680Z', true],
    ['2026-01-02T03:04:05.680Z', true],
  ]);
});

test('what was cut off before its verdict is written all the same', async () => {
  const { log } = await harOf([exchange]);
  expect(log.comment).toContain('gateway/one on reference/gateway: cut off before it was judged.');
});

test('an exchange is of the phase of its step, else of the one under way; before the first it is of none', async () => {
  using where = folder();
  const begun = (step: string, phase: Phase) => ({ kind: 'step-begun', step, phase, does: step }) as const;
  const seen = (id: string, startedAt: number, correlation?: string) =>
    ({
      kind: 'exchange',
      link: 'gateway→api',
      exchange: { id, startedAt, endedAt: 99, end: 'hung', faults: [], ...(correlation && { correlation }) },
    }) as const;
  const entries: readonly Entry[] = [
    { seq: 0, at: 5, ...begun('fw-1', 'control-before') },
    { seq: 1, at: 10, ...begun('fw-2', 'stimulus') },
    { seq: 2, at: 99, ...seen('early', 1) },
    { seq: 3, at: 99, ...seen('between', 6) },
    { seq: 4, at: 99, ...seen('late', 12, 'fw-1') },
    { seq: 5, at: 99, ...seen('last', 13) },
  ];
  await tell(harReporter(where.path), [
    runStarted,
    { type: 'scenario-started', ...at },
    ...entries.map((entry): RunEvent => ({ type: 'entry', ...at, entry })),
  ]);
  const { log } = harFrom(readFileSync(join(where.path, harFileName(at.scenario, at.target)), 'utf8'));
  expect(log.entries.map(({ pageref }) => pageref)).toEqual([
    undefined,
    'control-before',
    'control-before',
    'stimulus',
  ]);
  expect(log.pages.map(({ title }) => title)).toEqual(['control-before: fw-1', 'stimulus: fw-2']);
});

test('a folder that cannot be written to is a sentence that says what to do', () => {
  using where = folder();
  writeFileSync(join(where.path, 'file'), '');
  expect(() => harReporter(join(where.path, 'file', 'har'))).toThrow(
    expect.objectContaining({ code: 'config', message: expect.stringContaining('choose another folder with --har.') }),
  );
});

test('a real run', async () => {
  using where = folder();
  const wanted = [
    'gateway/token-expired/by-10m',
    'gateway/upstream/refused',
    'gateway/upstream/reset',
    'gateway/upstream/truncated',
    'gateway/upstream/status-503',
  ];
  const chosen = scenarios.filter((scenario) => wanted.includes(scenario.id));
  const reporter = harReporter(where.path);
  // Whoever relied on the beginning of the run would be off by a day.
  const started = { ...runStarted, at: new Date(Date.now() - 86_400_000).toISOString() };
  const from = Date.now();
  await reporter.on(started);
  const ran = await runOn([reference], chosen, { onEvent: (event) => void reporter.on(event) });
  await reporter[Symbol.asyncDispose]();
  const read = (scenario: string) =>
    harFrom(readFileSync(join(where.path, harFileName(scenario, reference.id)), 'utf8')).log;

  for (const scenario of wanted) {
    const recorded = ran.of('entry').filter((event) => event.scenario === scenario);
    const exchanges = recorded.flatMap(({ entry }) => (entry.kind === 'exchange' ? [entry.exchange] : []));
    const log = read(scenario);
    expect(log.entries, scenario).toHaveLength(exchanges.length);
    expect(exchanges.length, scenario).toBeGreaterThan(0);
    expect(log.comment).toContain(`${scenario} on reference/gateway: pass`);
    expect(log.comment).not.toContain('beginning of the run');
    for (const { startedDateTime } of log.entries) {
      // To the millisecond of the format; what is recorded may have begun while the history did.
      expect(Date.parse(startedDateTime)).toBeGreaterThanOrEqual(from - 1);
      expect(Date.parse(startedDateTime)).toBeLessThanOrEqual(Date.now());
    }
    expect(JSON.stringify(log)).not.toMatch(/Bearer eyJ/);
    for (const { request } of log.entries)
      expect(request.url).toMatch(/^https:\/\/(?:127\.0\.0\.1|localhost|[a-z]+\.failwell\.test):\d+\//);
  }

  const expired = read('gateway/token-expired/by-10m');
  const refused = expired.entries.find((entry) => entry.pageref === 'stimulus');
  expect(refused).toMatchObject({
    _link: { from: 'caller', to: 'gateway' },
    response: { status: 401, statusText: 'Unauthorized' },
  });
  expect(refused?.request.headers).toContainEqual({
    name: 'Authorization',
    value: expect.stringMatching(/^Bearer ‹token:access_token#\d+›$/),
  });

  const failed = (scenario: string) =>
    read(scenario).entries.find((entry) => entry._link.name === 'gateway→api' && entry.pageref === 'stimulus');
  expect(failed('gateway/upstream/reset')).toMatchObject({
    response: { status: 0, _error: 'ECONNRESET' },
    _faults: ['tcp/reset'],
    _end: 'reset',
    _error: { side: 'near', code: 'ECONNRESET' },
    _errors: { near: { code: 'ECONNRESET' } },
  });
  expect(failed('gateway/upstream/status-503')).toMatchObject({ response: { status: 503 }, _end: 'complete' });
  expect(failed('gateway/upstream/truncated')).toMatchObject({ _end: 'truncated' });
  // Nobody listens, so no wire has it; what the caller got stands there.
  expect(read('gateway/upstream/refused').entries.find((e) => e.pageref === 'stimulus')).toMatchObject({
    response: { status: expect.toSatisfy((status: number) => [502, 503, 504].includes(status)) },
  });
});
