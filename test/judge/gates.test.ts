import { describe, expect, test } from 'vitest';
import { gates } from '../../harness/judge/gates.ts';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import type { GateId } from '../../harness/model/verdict.ts';
import { expired } from '../../mocks/faults/token/index.ts';
import { call, historyOf } from '../oracles/history.ts';
import { faultId, scenarioOf } from './scenario.ts';

const scenario = scenarioOf({});
const before = call('control-before', { from: 'previous' });
const stimulus = call('stimulus');
const after = call('control-after');
const met: Occurrence = { kind: 'fault-met', fault: faultId, by: 'exchange' };
const deadline = (what: string): Occurrence => ({ kind: 'deadline', what, milliseconds: 12_000 });
const whole = historyOf(before, stimulus, met, after);

function closed(history: History, one: Scenario = scenario, oraclesHold = true): readonly GateId[] {
  return gates(one, history, oraclesHold)
    .filter(({ open }) => !open)
    .map(({ id }) => id);
}

test('all five are open when everything was proven', () => {
  expect(gates(scenario, whole, true).map(({ id }) => id)).toEqual([
    'control-before',
    'fault-met',
    'explicit-outcome',
    'oracles',
    'control-after',
  ]);
  expect(closed(whole)).toEqual([]);
});

describe('the control before', () => {
  test.each([
    ['none ran', historyOf(stimulus, met, after), ['control-before']],
    [
      'refused',
      historyOf(call('control-before', { answer: { status: 401 } })),
      ['control-before', 'fault-met', 'explicit-outcome', 'control-after'],
    ],
    ['silent', historyOf(call('control-before', { answer: null }), stimulus, met, after), ['control-before']],
    [
      'a 2xx that never reached the API',
      historyOf(call('control-before', { outcome: 'indeterminate' }), stimulus, met, after),
      ['control-before'],
    ],
    [
      'at the second try',
      historyOf(call('control-before', { answer: null }), call('control-before'), stimulus, met, after),
      [],
    ],
    ['on a twin', historyOf(call('control-before', { from: 'twin' }), stimulus, met, after), []],
  ])('%s', (_, history, expected) => {
    expect(closed(history)).toEqual(expected);
  });

  test('says where it ran', () => {
    const [gate] = gates(scenario, historyOf(call('control-before', { from: 'twin' })), true);
    expect(gate?.because).toBe('the control before was let through on a twin');
  });
});

describe('a stimulus of several steps', () => {
  const two = scenarioOf({}, { stimulus: [{ do: 'call-api' }, { do: 'call-api' }] });
  const first = call('stimulus', { step: 'fw-1', answer: { status: 200 } });

  test('is judged by its last step', () => {
    expect(closed(historyOf(before, first, stimulus, met, after), two)).toEqual([]);
  });
  test('proves nothing when an earlier step came to nothing: its refusal is not the one that was asked for', () => {
    const history = historyOf(before, call('stimulus', { step: 'fw-1' }), met, after);
    expect(closed(history, two)).toEqual(['control-before', 'explicit-outcome']);
    expect(gates(two, history, true)[0]?.because).toBe("the step 'call the API' came to 401");
  });
  test.each([
    ['refused', 'refused', []],
    ['refused', 'accepted', ['control-before']],
    ['either', 'refused', []],
    ['either', 'accepted', []],
    ['either', 'indeterminate', ['control-before']],
  ] as const)('an earlier step that should be %s was %s', (comesTo, outcome, expected) => {
    const steps = [{ do: 'ask-idp', what: 'redeem', comesTo }, { do: 'call-api' }] as const;
    const history = historyOf(before, call('stimulus', { step: 'fw-1', outcome }), stimulus, met, after);
    expect(closed(history, scenarioOf({}, { stimulus: steps }))).toEqual(expected);
  });
  test('tries before the last one are not steps of their own', () => {
    const tries = call('stimulus', { step: 'fw-0', answer: { status: 200 }, actor: 'attempt' });
    expect(closed(historyOf(before, tries, stimulus, met, after))).toEqual([]);
  });
});

describe('the fault', () => {
  test('must be met', () => {
    const history = historyOf(before, stimulus, after);
    expect(closed(history)).toEqual(['fault-met']);
    expect(closed(history, scenarioOf({}, { mayAvoid: true }))).toEqual([]);
    expect(gates(scenario, history, true)[1]?.because).toContain(faultId);
  });
  test('met is not another one met', () => {
    const other: Occurrence = { kind: 'fault-met', fault: 'http/status-500', by: 'exchange' };
    expect(closed(historyOf(before, stimulus, other, after))).toEqual(['fault-met']);
  });
  test('in a token must be seen on the wire, in a part of a parallel step, too', () => {
    const token = { format: 'jwt', flaws: [expired({ by: '10m' })] } as const;
    const flawed = scenarioOf({}, { faults: [], stimulus: [{ do: 'call-api', token }] });
    expect(closed(historyOf(before, stimulus, after), flawed)).toEqual(['fault-met']);
    const seen: Occurrence = { kind: 'fault-met', fault: token.flaws[0].id, by: 'token' };
    expect(closed(historyOf(before, seen, stimulus, after), flawed)).toEqual([]);
    const steps = [{ actor: 'caller', step: { do: 'call-api', token } }] as const;
    const race = scenarioOf({}, { faults: [], stimulus: [{ do: 'parallel', steps }] });
    expect(closed(historyOf(before, stimulus, after), race)).toContain('fault-met');
  });
});

describe('the outcome', () => {
  test.each([
    ['silence', historyOf(before, call('stimulus', { answer: null }), met, after)],
    [
      'a crash',
      historyOf(
        before,
        call('stimulus', { answer: null }),
        { kind: 'target', event: 'exited', detail: 'exited with code 1' },
        met,
        after,
      ),
    ],
    ['a time-out', historyOf(before, deadline('step'), call('stimulus', { answer: null }), met, after)],
    [
      'no end at all',
      historyOf(before, { kind: 'step-begun', step: 'fw-1', phase: 'stimulus', does: 'call' }, met, after),
    ],
  ])('is not explicit: %s', (_, history) => {
    expect(closed(history as History)).toContain('explicit-outcome');
  });

  test('a deadline that ran out in a control is the matter of that control', () => {
    const slow = historyOf(before, stimulus, met, deadline('step'), call('control-after', { answer: null }), after);
    expect(closed(slow)).toEqual([]);
  });

  test('must be the expected one, unless either will do', () => {
    const accepted = historyOf(before, call('stimulus', { answer: { status: 200 } }), met, after);
    expect(closed(accepted)).toEqual(['oracles']);
    expect(gates(scenario, accepted, true)[3]?.because).toBe('it was accepted, but should have been refused');
    expect(closed(accepted, scenarioOf({}, { outcome: 'accept' }))).toEqual([]);
    expect(closed(whole, scenarioOf({}, { outcome: 'accept' }))).toEqual(['oracles']);
    for (const outcome of ['either', 'observe'] as const) {
      expect(closed(accepted, scenarioOf({}, { outcome }))).toEqual([]);
      expect(closed(whole, scenarioOf({}, { outcome }))).toEqual([]);
    }
  });
});

test('the oracles', () => {
  expect(closed(whole, scenario, false)).toEqual(['oracles']);
});

describe('the control after', () => {
  test.each([
    ['none ran', historyOf(before, stimulus, met)],
    ['refused', historyOf(before, stimulus, met, call('control-after', { answer: { status: 503 } }))],
    ['silent', historyOf(before, stimulus, met, after, call('control-after', { answer: null }))],
  ])('%s', (_, history) => {
    expect(closed(history)).toEqual(['control-after']);
  });
});
