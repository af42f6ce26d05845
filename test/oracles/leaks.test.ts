import { expect, test } from 'vitest';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { Oracle } from '../../harness/model/scenario.ts';
import {
  answersNoInnerAddress,
  answersNoSecret,
  answersNoStackTrace,
  logsNoSecret,
} from '../../harness/oracles/leaks.ts';
import { answered, call, exchange, historyOf, log } from './history.ts';

const nothing = historyOf(call('control-before'), log('said before anything'));
const says = (body: string): History => answered({ status: 401, body });
const logs = (...lines: readonly Occurrence[]): History => answered({ status: 401 }, ...lines);
const doubt: Occurrence = { kind: 'attribution-doubt', why: 'the line of the control did not come' };
const token = '‹token:access_token#1›';

type Row = readonly [holds: 'yes' | 'no' | 'unknown', what: string, oracle: Oracle, history: History];

const traces: readonly Row[] = (
  [
    ['Node', 'Error: no\n    at verify (/app/node_modules/jsonwebtoken/verify.js:70:17)'],
    ['Node, a module', 'Error: no\n    at file:///app/server.mjs:12:9'],
    ['Node, internals', 'Error: no\n    at async node:internal/process/task_queues:95:5'],
    ['Node, a method', 'Error: no\n    at async Gateway.#admit [as admit] (/app/gateway.js:3:1)'],
    ['Node in JSON', JSON.stringify({ stack: 'Error: no\n    at Object.<anonymous> (/app/server.js:10:15)' })],
    ['Node in HTML', '<pre>Error: no<br> &nbsp; &nbsp;at Layer.handle (/app/node_modules/router/layer.js:95:5)</pre>'],
    ['Node in HTML, escaped', 'Error: no<br> &nbsp; &nbsp;at Object.&lt;anonymous&gt; (/app/server.js:10:15)'],
    ['Node on Windows', 'Error: no\n    at verify (C:\\app\\verify.js:70:17)'],
    ['Java', 'java.lang.NullPointerException\n\tat com.acme.Filter.doFilter(Filter.java:42)'],
    ['Kotlin', 'io.ktor.Error\n\tat com.acme.AuthKt.check(Auth.kt:7)'],
    ['.NET', 'System.Exception: no\n   at Acme.Auth.Check() in C:\\src\\Auth.cs:line 42'],
    ['Python', 'Traceback (most recent call last):\n  File "/app/auth.py", line 3, in check'],
    ['Go', 'panic: no\n\ngoroutine 12 [running]:\nmain.check(0x0)'],
    ['PHP', '#0 /var/www/auth.php(12): check()'],
    ['Ruby', "/app/auth.rb:12:in `check'"],
  ] as const
).map(([what, body]) => ['no', what, answersNoStackTrace(), says(body)]);

const rows: readonly Row[] = [
  ['yes', 'no marker', logsNoSecret(), logs(log('token refused: expired'))],
  ['no', 'a token', logsNoSecret(), logs(log(`token ${token} refused`))],
  ['no', 'a secret', logsNoSecret(), logs(log('introspect with ‹secret:client_secret#1›'))],
  ['no', 'credentials', logsNoSecret(), logs(log('Authorization: ‹basic:client#1›'))],
  ['yes', 'quotes that are no marker', logsNoSecret(), logs(log('‹note: all is well›'))],
  ['yes', 'a line about a control', logsNoSecret(), logs(log(`GET /items/fw-control-after ${token}`))],
  ['yes', 'a line before the stimulus', logsNoSecret(), historyOf(log(token), call('stimulus'), call('control-after'))],
  ['unknown', 'lines may be missing', logsNoSecret(), logs(log('token refused'), doubt)],
  ['no', 'a secret, whosever line it is', logsNoSecret(), logs(log(token), doubt)],
  ['unknown', 'no stimulus', logsNoSecret(), nothing],

  ['yes', 'no marker', answersNoSecret(), says('{"message":"the token expired"}')],
  ['no', 'a token in the body', answersNoSecret(), says(`cannot verify ${token}`)],
  [
    'no',
    'a token in a field',
    answersNoSecret(),
    answered({ status: 302, headers: [['Location', `/login?token=${token}`]] }),
  ],
  [
    'no',
    'a token at a third party',
    answersNoSecret(),
    answered(
      { status: 401 },
      exchange('gateway→attacker', { path: '/jwks', sent: [['Authorization', token]], status: 200 }),
    ),
  ],
  [
    'yes',
    'the answer to the control',
    answersNoSecret(),
    historyOf(call('stimulus'), call('control-after', { answer: { status: 200, body: token } })),
  ],
  [
    'yes',
    'what the gateway tells the IdP',
    answersNoSecret(),
    answered({ status: 401 }, exchange('gateway→idp', { sent: [['Authorization', '‹basic:client#1›']], status: 200 })),
  ],
  ['unknown', 'no stimulus', answersNoSecret(), nothing],

  ...traces,
  ['yes', 'a sentence with at', answersNoStackTrace(), says('Look at https://docs.example:443/errors, or at /help')],
  ['yes', 'a time', answersNoStackTrace(), says('{"message":"expired at 2026-11-23T09:00:00Z"}')],
  ['unknown', 'no stimulus', answersNoStackTrace(), nothing],

  ['yes', 'no address', answersNoInnerAddress(), says('the API cannot be reached')],
  ['no', 'an address', answersNoInnerAddress(), says('connect ECONNREFUSED 127.0.0.1:41234')],
  ['no', 'a name', answersNoInnerAddress(), says('https://localhost:8443/jwks')],
  ['no', 'IPv6', answersNoInnerAddress(), says('https://[::1]:8443/jwks')],
  ['no', 'in a field', answersNoInnerAddress(), answered({ status: 502, headers: [['Via', '1.1 127.0.0.1:8080']] })],
  ['yes', 'an address without a port', answersNoInnerAddress(), says('you are 127.0.0.1')],
  ['unknown', 'no stimulus', answersNoInnerAddress(), nothing],
];

test.each(rows)('%s: %s', (holds, _, oracle, history) => {
  const finding = oracle.judge(history, {});
  expect(finding).toMatchObject({ holds });
  for (const seq of finding.evidence) expect(history[seq]?.seq).toBe(seq);
});

test('a finding says what leaked and where', () => {
  const finding = logsNoSecret().judge(logs(log(`token ${token} refused`, 'stderr')), {});
  expect(finding.observed).toBe(`${token} in stderr`);
});

test('no answer makes the search for traces slow', () => {
  const began = performance.now();
  for (const body of [' '.repeat(16_000), '\n'.repeat(16_000), 'at '.repeat(5_000), `at ${'a'.repeat(16_000)}`])
    answersNoStackTrace().judge(says(body), {});
  expect(performance.now() - began).toBeLessThan(1_000);
});
