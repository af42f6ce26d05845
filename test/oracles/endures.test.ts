import { expect, test } from 'vitest';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { Oracle } from '../../harness/model/scenario.ts';
import type { Declarations } from '../../harness/model/target.ts';
import { acceptsAtMost } from '../../harness/oracles/accepts-at-most.ts';
import { answers } from '../../harness/oracles/answers.ts';
import { answersWithin } from '../../harness/oracles/answers-within.ts';
import { everyRefused } from '../../harness/oracles/every-refused.ts';
import { givesUp } from '../../harness/oracles/gives-up.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { staysWithin } from '../../harness/oracles/stays-within.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { answered, call, exchange, historyOf } from './history.ts';

const nothing = historyOf(call('control-before'));
const source = 'README';
const down: Occurrence = { kind: 'target', event: 'exited', detail: 'exited with code 1' };
const notReady: Occurrence = { kind: 'target', event: 'not-ready', detail: 'no keys' };
const cleared: Occurrence = { kind: 'fault-cleared', fault: 'tcp/refused' };
const measured = (milliseconds: number): Occurrence => ({ kind: 'measure', what: 'staleness', milliseconds });
const waited = (milliseconds: number, over?: true): History =>
  historyOf({ kind: 'measure', what: 'give-up', milliseconds, ...(over && { over }) });
const gaveUp: Occurrence = { kind: 'deadline', what: 'scenario', milliseconds: 120_000 };

const took = (ms: number, silent = false) =>
  historyOf(call('stimulus', { took: ms, answer: silent ? null : { status: 503 } }));
const tries = (count: number) => Array.from({ length: count }, () => exchange('gateway→idp', { status: 503 }));
const tried = (during: number, ...after: readonly Occurrence[]) =>
  historyOf(call('stimulus'), tries(during), after, call('control-after'), tries(5));
const race = (...outcomes: readonly ('accepted' | 'refused' | 'indeterminate')[]): History =>
  historyOf(
    ...outcomes.map((outcome, index) =>
      call('stimulus', {
        step: `fw-${index}`,
        actor: `caller-${index}`,
        outcome,
        answer: { status: outcome === 'accepted' ? 200 : 401 },
      }),
    ),
    { kind: 'step', step: 'fw-all', phase: 'stimulus', does: 'at once', outcome: 'accepted', detail: '', took: 1 },
  );

type Row = readonly [
  holds: 'yes' | 'no' | 'unknown',
  what: string,
  oracle: Oracle,
  history: History,
  declares?: Declarations,
];

const rows: readonly Row[] = [
  ['yes', 'it gave up in its time', givesUp(), waited(4_900), { deadline: { value: '2s', source } }],
  ['no', 'it gave up late', givesUp(), waited(5_100), { deadline: { value: '2s', source } }],
  ['yes', 'it gave up at some time', givesUp(), waited(60_000)],
  ['no', 'it never gave up', givesUp(), waited(65_000, true)],
  ['unknown', 'nothing shows it', givesUp(), nothing],
  ['no', 'longer than anybody should', staysWithin('staleness', 'leeway', '5m'), historyOf(measured(302_000))],
  [
    'yes',
    'longer, but declared',
    staysWithin('staleness', 'leeway', '5m'),
    historyOf(measured(302_000)),
    { leeway: { value: '10m', source } },
  ],
  ['yes', 'it still runs', survives(), answered({ status: 401 })],
  ['no', 'it exited', survives(), answered(null, down)],
  [
    'no',
    'it exited while the control ran',
    survives(),
    historyOf(call('stimulus'), call('control-after', { answer: null }), down),
  ],
  ['no', 'it never started', survives(), historyOf(notReady, call('stimulus', { answer: null }))],
  ['unknown', 'no stimulus', survives(), nothing],

  ['yes', 'on the bound: twice the deadline and a second', answersWithin('1s'), took(3_000)],
  ['no', 'just over', answersWithin('1s'), took(3_001)],
  ['no', 'silence for longer than that', answersWithin('1s'), took(12_000, true)],
  ['no', 'a connection that was closed without an answer', answersWithin('1s'), took(10, true)],
  ['yes', 'within what is declared', answersWithin('1s'), took(9_000), { deadline: { value: '5s', source } }],
  ['unknown', 'no stimulus', answersWithin('1s'), nothing],

  ['yes', 'the control passed again', recovers(), answered({ status: 503 })],
  [
    'yes',
    'at the second try',
    recovers(),
    historyOf(call('stimulus'), call('control-after', { answer: null }), call('control-after')),
  ],
  ['no', 'it never did', recovers(), historyOf(call('stimulus'), call('control-after', { answer: { status: 503 } }))],
  ['unknown', 'no control ran', recovers(), historyOf(call('stimulus'))],
  [
    'unknown',
    'the harness gave up',
    recovers(),
    historyOf(call('stimulus'), call('control-after', { answer: null }), gaveUp),
  ],
  [
    'unknown',
    'it may remember the fault, and a twin proves the stage sound',
    recovers(),
    historyOf(
      call('stimulus'),
      call('control-after', { answer: { status: 401 } }),
      call('control-after', { from: 'twin' }),
    ),
    { keyCache: { value: '10m', source } },
  ],

  ['yes', 'as many as allowed', triesAtMost(3, 'idp'), tried(3, cleared)],
  ['no', 'one more', triesAtMost(3, 'idp'), tried(4, cleared)],
  ['yes', 'the rest came with the control', triesAtMost(3, 'idp'), tried(3)],
  ['yes', 'at another party', triesAtMost(0, 'api'), tried(4, cleared)],
  ['unknown', 'no stimulus', triesAtMost(3, 'idp'), nothing],
  [
    'no',
    'too many, though it never ended',
    triesAtMost(1, 'idp'),
    historyOf({ kind: 'step-begun', step: 'fw-1', phase: 'stimulus', does: 'call' }, tries(2)),
  ],

  [
    'yes',
    'within',
    staysWithin('staleness', 'introspectionCache'),
    historyOf(measured(5_000)),
    { introspectionCache: { value: '4s', source } },
  ],
  [
    'no',
    'over, with a second of grace',
    staysWithin('staleness', 'introspectionCache'),
    historyOf(measured(5_001)),
    { introspectionCache: { value: '4s', source } },
  ],
  [
    'yes',
    'only measured: nothing is declared',
    staysWithin('staleness', 'introspectionCache'),
    historyOf(measured(60_000)),
  ],
  [
    'unknown',
    'not measured',
    staysWithin('staleness', 'introspectionCache'),
    answered({ status: 401 }),
    { introspectionCache: { value: '4s', source } },
  ],

  ['yes', 'one of two', acceptsAtMost(1), race('accepted', 'refused')],
  ['no', 'both', acceptsAtMost(1), race('accepted', 'accepted')],
  ['unknown', 'one came to nothing', acceptsAtMost(1), race('accepted', 'indeterminate')],
  ['no', 'too many, whatever came of the third', acceptsAtMost(1), race('accepted', 'accepted', 'indeterminate')],
  ['unknown', 'nothing was done at once', acceptsAtMost(1), answered({ status: 401 })],
  ['yes', 'each refused part was refused well', everyRefused(answers(401)), race('accepted', 'refused')],
  ['no', 'one of them was not', everyRefused(answers(403)), race('accepted', 'refused')],
  ['unknown', 'none was refused', everyRefused(answers(401)), race('accepted', 'accepted')],
];

for (const [holds, what, oracle, history, declares = {}] of rows)
  test(`${oracle.id}, ${holds}: ${what}`, () => {
    const finding = oracle.judge(history, declares);
    expect(finding).toMatchObject({ holds });
    for (const seq of finding.evidence) expect(history[seq]?.seq).toBe(seq);
  });
