import { expect, test } from 'vitest';
import { grade } from '../../harness/judge/grade.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { scenarios } from '../../scenarios/index.ts';
import { answered, call, historyOf, log } from './history.ts';

const lexicon = createLexicon([]);

test('the operator is told by the lines of the stimulus, not by those of the controls', () => {
  const history = historyOf(
    call('control-before'),
    log('before'),
    call('stimulus', { step: 'fw-1' }),
    log('GET /items/fw-1 401'),
    log('GET /items/fw-control-after 200'),
    call('control-after'),
    log('token refused: expired'),
  );
  const finding = names('token/expired').judge(history, {});
  expect(finding.said?.texts).toEqual(['GET /items/fw-1 401', 'token refused: expired']);
  expect(finding.evidence.map((seq) => history[seq]?.kind)).toEqual(['log', 'log']);
});

test('what is said from the fault on counts, also before the first request', () => {
  const history = historyOf(
    { kind: 'fault-applied', fault: 'tcp/refused', on: 'gateway→idp' },
    log('cannot fetch keys'),
    call('stimulus'),
  );
  expect(names('network/blocked').judge(history, {}).said?.texts).toEqual(['cannot fetch keys']);
});

test('the caller is told by status, challenge and body', () => {
  const headers = [['WWW-Authenticate', 'Bearer error="invalid_token"']] as const;
  const finding = tellsCaller('token/expired').judge(answered({ status: 401, headers, body: 'expired' }), {});
  expect(finding.said?.texts).toEqual(['401', 'Bearer error="invalid_token"', 'expired']);
  expect(tellsCaller('token/expired').judge(answered(null), {}).said?.texts).toEqual([]);
});

const causes = [...new Set(scenarios.filter(({ role }) => role === 'gateway').map(({ cause }) => cause))];

test.each(causes)('what is shown as good and as bad is graded so: %s', (cause) => {
  for (const [audience, oracle, enough] of [
    ['operator', names(cause), 'D3'],
    ['caller', tellsCaller(cause), 'D2'],
  ] as const) {
    const graded = (text: string) => grade({ cause, audience, texts: [text], lexicon }).grade;
    expect(graded(oracle.looks?.bad ?? '') < 'D2', `${audience}: ${oracle.looks?.bad}`).toBe(true);
    if (oracle.looks?.good.startsWith('a line that names')) continue;
    expect(graded(oracle.looks?.good ?? '') >= enough, `${audience}: ${oracle.looks?.good}`).toBe(true);
  }
});

test('every oracle of every scenario says what a good and a bad answer look like', () => {
  const without = scenarios.flatMap(({ id, expect: { properties } }) =>
    Object.values(properties)
      .flat()
      .filter(({ oracle }) => oracle.looks === undefined)
      .map(({ oracle }) => `${id}: ${oracle.id}`),
  );
  expect(without).toEqual([]);
});
