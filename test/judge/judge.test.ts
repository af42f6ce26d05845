import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, notApplicable, properties, worst } from '../../harness/judge/judge.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { Property, Scenario } from '../../harness/model/scenario.ts';
import type { Verdict, VerdictValue } from '../../harness/model/verdict.ts';
import { logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { scenarios } from '../../scenarios/index.ts';
import { call, challenged, exchange, historyOf, log } from '../oracles/history.ts';
import { faultId, finds, scenarioOf, sentence } from './scenario.ts';

const target = { id: 'mine/gateway', declares: {} };
const lexicon = createLexicon([]);
const before = call('control-before', { from: 'previous' });
const stimulus = call('stimulus', { answer: challenged('Bearer error="invalid_token"') });
const after = call('control-after');
const met: Occurrence = { kind: 'fault-met', fault: faultId, by: 'exchange' };
const doubt: Occurrence = { kind: 'attribution-doubt', why: 'the line of the control did not come' };
const whole = historyOf(before, stimulus, met, after);

const judged = (scenario: Scenario, history: History): Verdict => judge(scenario, target, history, lexicon);
const must = sentence('MUST');

describe('severity comes from the requirement', () => {
  test.each<readonly [VerdictValue, ReturnType<typeof sentence>]>([
    ['fail', must],
    ['warn', sentence('SHOULD')],
    ['note', sentence('MAY')],
    ['warn', sentence('MUST', 'practice/example')],
    ['warn', sentence('SHOULD', 'practice/example')],
    ['note', sentence('MAY', 'practice/example')],
  ])('%s', (value, requirement) => {
    const verdict = judged(scenarioOf({ signal: [finds('no').by(requirement)] }), whole);
    expect(verdict.properties.signal.value).toBe(value);
    expect(verdict.value).toBe(value);
    if (value !== 'note') expect(verdict.because).toBe('seen: no; expected: yes');
  });

  test('the worst finding makes the property, the worst property the verdict', () => {
    const verdict = judged(
      scenarioOf({
        safe: [finds('yes').by(must)],
        signal: [finds('no').by(sentence('MAY')), finds('no').by(sentence('SHOULD')), finds('yes').by(must)],
      }),
      whole,
    );
    expect([verdict.properties.safe.value, verdict.properties.signal.value, verdict.value]).toEqual([
      'pass',
      'warn',
      'warn',
    ]);
    expect(verdict.properties.resilience.value).toBe('not-applicable');
  });

  test('what an oracle does not know is inconclusive', () => {
    const verdict = judged(scenarioOf({ signal: [finds('unknown').by(sentence('MAY'))] }), whole);
    expect(verdict).toMatchObject({ value: 'inconclusive', because: 'seen: unknown; expected: yes' });
  });

  test('a scenario without oracles judges nothing', () => {
    expect(judged(scenarioOf({}), whole).value).toBe('not-applicable');
  });
});

describe('a closed gate', () => {
  const closers: { readonly [what: string]: History } = {
    'no control before': historyOf(stimulus, met, after),
    'the control before failed': historyOf(call('control-before', { answer: { status: 503 } }), stimulus, met, after),
    'the fault was not met': historyOf(before, stimulus, after),
    silence: historyOf(before, call('stimulus', { answer: null }), met, after),
    'the control after failed': historyOf(before, stimulus, met, call('control-after', { answer: { status: 503 } })),
    'no control after': historyOf(before, stimulus, met),
  };

  test.each(Object.entries(closers))('turns pass and note into inconclusive: %s', (_, history) => {
    for (const oracles of [{ signal: [finds('yes').by(must)] }, { signal: [finds('no').by(sentence('MAY'))] }]) {
      const verdict = judged(scenarioOf(oracles), history);
      expect(verdict.value).toBe('inconclusive');
      expect(verdict.because).toBe(verdict.gates.find(({ open }) => !open)?.because);
    }
  });

  test.each(Object.entries(closers))('never hides a breach: %s', (_, history) => {
    for (const property of ['safe', 'discretion'] as const) {
      const other = { signal: [finds('no').by(must)] };
      const verdict = judged(scenarioOf({ ...other, [property]: [finds('no').by(must)] }), history);
      expect(verdict.properties[property].value).toBe('fail');
      expect(verdict.value).toBe('fail');
      expect(verdict.because).toBe('seen: no; expected: yes');
    }
  });

  test('before the fault was proven nothing else is held against the target', () => {
    const scenario = scenarioOf({ signal: [finds('no').by(must)], resilience: [finds('no').by(sentence('SHOULD'))] });
    for (const what of ['no control before', 'the control before failed', 'the fault was not met']) {
      const verdict = judged(scenario, closers[what] as History);
      expect([verdict.properties.signal.value, verdict.properties.resilience.value]).toEqual([
        'inconclusive',
        'inconclusive',
      ]);
    }
  });

  test('what the target did wrong once it was proven stays wrong', () => {
    const scenario = scenarioOf({ resilience: [finds('no').by(must)] });
    expect(judged(scenario, closers.silence as History).value).toBe('fail');
    expect(judged(scenario, closers['the control after failed'] as History).value).toBe('fail');
  });

  test('a breach by a real oracle counts though the control failed afterwards', () => {
    const history = historyOf(before, call('stimulus', { served: true }), met, call('control-after', { answer: null }));
    const verdict = judged(scenarioOf({ safe: [neverReaches('api').by(must)] }), history);
    expect(verdict).toMatchObject({
      value: 'fail',
      because: 'the api saw GET /items/fw-stimulus; expected: nothing reaches the api',
    });
  });

  test('the wrong outcome is no pass, even if every oracle held', () => {
    const verdict = judged(scenarioOf({ safe: [finds('yes').by(must)] }, { outcome: 'accept' }), whole);
    expect(verdict).toMatchObject({
      value: 'inconclusive',
      because: 'it was refused, but should have been accepted',
    });
  });

  test('an earlier step that was refused is not the refusal that was asked for', () => {
    const two = scenarioOf({ safe: [finds('yes').by(must)] }, { stimulus: [{ do: 'call-api' }, { do: 'call-api' }] });
    expect(judged(two, whole)).toMatchObject({ value: 'inconclusive', because: "the step 'call the API' came to 401" });
  });
});

describe('diagnosis', () => {
  const operator = scenarioOf({ diagnosis: [names('token/expired').by(practice.operatorLearnsCause)] });
  const told = (...lines: readonly string[]) =>
    historyOf(before, stimulus, met, ...lines.map((line) => log(line)), after);

  test.each<readonly [VerdictValue, string, string]>([
    ['pass', 'D4', 'token refused: expired: exp 2026-11-23T09:00:00Z, now 2026-11-23T09:10:02Z'],
    ['pass', 'D3', 'token refused: jwt expired'],
    ['note', 'D2', 'invalid_token'],
    ['warn', 'D1', 'unauthorized'],
    ['warn', 'D0', 'token refused: audience invalid'],
  ])('the operator should learn the cause: %s for %s', (value, grade, line) => {
    const verdict = judged(operator, told(line));
    expect(verdict.diagnosis.operator.grade).toBe(grade);
    expect(verdict.properties.diagnosis.value).toBe(value);
    expect(verdict.properties.diagnosis.findings[0]?.observed).toContain(grade);
  });

  test('the caller should learn the class', () => {
    const caller = scenarioOf({ diagnosis: [tellsCaller('token/expired').by(practice.callerLearnsClass)] });
    expect(judged(caller, whole).diagnosis.caller.grade).toBe('D2');
    expect(judged(caller, whole).value).toBe('pass');
    const mute = historyOf(before, call('stimulus', { answer: { status: 302 } }), met, after);
    expect(judged(caller, mute).value).toBe('warn');
  });

  test('a misleading line says where it points', () => {
    const verdict = judged(operator, told('token refused: audience invalid'));
    expect(verdict.properties.diagnosis.findings[0]?.observed).toContain('pointing at token/audience');
  });

  test('silence is D0', () => {
    expect(judged(operator, whole)).toMatchObject({ value: 'warn', diagnosis: { operator: { grade: 'D0' } } });
  });

  test('lines whose scenario is in doubt prove nothing, for better or worse', () => {
    for (const line of ['token refused: jwt expired', 'unauthorized']) {
      const verdict = judged(operator, historyOf(told(line), doubt));
      expect(verdict).toMatchObject({ value: 'inconclusive' });
      expect(verdict.because).toContain('the line of the control did not come');
    }
    // The caller's answer is not a log line.
    const caller = scenarioOf({ diagnosis: [tellsCaller('token/expired').by(practice.callerLearnsClass)] });
    expect(judged(caller, historyOf(whole, doubt)).value).toBe('pass');
  });

  test('in doubt the absence of a secret proves nothing, and a secret is one whosever line it is', () => {
    const discreet = scenarioOf({ discretion: [logsNoSecret().by(must)] });
    expect(judged(discreet, historyOf(whole, doubt)).value).toBe('inconclusive');
    expect(judged(discreet, historyOf(whole, log('‹token:access_token#1›'), doubt)).value).toBe('fail');
  });
});

test('what a target cannot meet is not applicable, with the reason', () => {
  const verdict = notApplicable(scenarioOf({}), target, 'it does not declare jwt');
  expect(verdict).toMatchObject({ value: 'not-applicable', because: 'it does not declare jwt', gates: [] });
});

test('the order of verdicts', () => {
  expect(worst(['pass', 'note', 'warn'])).toBe('warn');
  expect(worst(['warn', 'inconclusive'])).toBe('inconclusive');
  expect(worst(['inconclusive', 'fail'])).toBe('fail');
  expect(worst(['waived', 'pass'])).toBe('pass');
  expect(worst([])).toBe('not-applicable');
});

describe('whatever happened', () => {
  const phase = fc.constantFrom('control-before', 'stimulus', 'control-after');
  const step = fc.constantFrom('fw-1', 'fw-2', 'fw-3');
  const status = fc.constantFrom(200, 204, 302, 400, 401, 403, 500, 503);
  const text = fc.constantFrom(
    '',
    'jwt expired',
    'audience invalid',
    '‹token:access_token#1›',
    'Error\n    at f (/a.js:1:1)',
    'GET /items/fw-1',
  );
  const answer = fc.record({
    status,
    headers: fc.constantFrom([], [['WWW-Authenticate', 'Bearer error="invalid_token"'] as const]),
    body: text,
  });
  const calls = fc
    .record(
      {
        phase,
        step,
        answer: fc.option(answer),
        served: fc.boolean(),
        took: fc.nat(20_000),
        actor: fc.constantFrom('attempt', 'a'),
      },
      { requiredKeys: ['phase', 'step'] },
    )
    .map(({ phase, ...options }) => call(phase, options));
  const happenings: fc.Arbitrary<readonly Occurrence[]> = fc.oneof(
    { weight: 4, arbitrary: calls },
    { weight: 1, arbitrary: fc.constantFrom(before, stimulus, after) },
    { weight: 2, arbitrary: text.map((line) => [log(line)]) },
    { weight: 1, arbitrary: fc.constantFrom([met], [doubt]) },
    { weight: 1, arbitrary: step.map((correlation) => [exchange('gateway→attacker', { correlation, bare: true })]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Occurrence[]>(
        [{ kind: 'deadline', what: 'step', milliseconds: 12_000 }],
        [{ kind: 'target', event: 'exited', detail: 'exited with code 1' }],
        [{ kind: 'measure', what: 'recovery', milliseconds: 90 }],
        [{ kind: 'fault-applied', fault: faultId, on: 'gateway→idp' }],
        [{ kind: 'fault-cleared', fault: faultId }],
      ),
    },
  );
  const mixed = fc.array(happenings, { maxLength: 12 }).map((parts) => historyOf(...parts));
  // Mostly in order, so that passes come up.
  const orderly = fc
    .tuple(fc.array(happenings, { maxLength: 2 }), fc.array(happenings, { maxLength: 2 }))
    .map(([one, two]) => historyOf(before, ...one, stimulus, met, ...two, after));
  const histories = fc.oneof(mixed, orderly);
  const own = fc
    .record({
      levels: fc.array(
        fc.tuple(
          fc.constantFrom(...properties),
          fc.constantFrom('yes', 'no', 'unknown'),
          fc.constantFrom('MUST', 'SHOULD', 'MAY'),
        ),
        { minLength: 1, maxLength: 5 },
      ),
      outcome: fc.constantFrom('refuse', 'accept', 'either', 'observe'),
      mayAvoid: fc.constantFrom(true, undefined),
    })
    .map(({ levels, outcome, mayAvoid }) => {
      const of = (property: Property) =>
        levels.filter(([one]) => one === property).map(([, holds, level]) => finds(holds).by(sentence(level)));
      const oracles = Object.fromEntries(properties.map((property) => [property, of(property)]));
      return scenarioOf(oracles, { outcome, ...(mayAvoid && { mayAvoid }) });
    });
  const anyScenario = fc.oneof(own, fc.constantFrom(...scenarios.filter(({ role }) => role === 'gateway')));

  test('pass, and note, mean that all five gates are open', () => {
    const seen = { pass: 0 };
    fc.assert(
      fc.property(anyScenario, histories, (scenario, history) => {
        const verdict = judged(scenario, history);
        if (verdict.value !== 'pass' && verdict.value !== 'note') return;
        seen.pass += 1;
        expect(verdict.gates).toHaveLength(5);
        expect(verdict.gates.filter(({ open }) => !open)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    // Else the property would hold for want of cases.
    expect(seen.pass).toBeGreaterThan(20);
  });

  test('silence is never a pass', () => {
    fc.assert(
      fc.property(anyScenario, orderly, (scenario, history) => {
        const silent = history.map((entry) =>
          entry.kind === 'step' && entry.phase === 'stimulus' && entry.actor === undefined
            ? { ...entry, outcome: 'indeterminate' as const }
            : entry,
        );
        expect(['pass', 'note']).not.toContain(judged(scenario, silent).value);
      }),
    );
  });

  test('a breach that an oracle saw is never hidden', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const property of ['safe', 'discretion'] as const)
          expect(judged(scenarioOf({ [property]: [finds('no').by(must)] }), history).value).toBe('fail');
      }),
    );
  });

  test('the same history, read back from its record, gets the same verdict', () => {
    fc.assert(
      fc.property(anyScenario, histories, (scenario, history) => {
        const live = judged(scenario, history);
        expect(judged(scenario, JSON.parse(JSON.stringify(history)) as History)).toEqual(live);
        // Judging changes nothing and remembers nothing.
        expect(judged(scenario, history)).toEqual(live);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever is not a pass says why', () => {
    fc.assert(
      fc.property(anyScenario, histories, (scenario, history) => {
        expect(judged(scenario, history).because).not.toBe('');
      }),
    );
  });
});
