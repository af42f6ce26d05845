import { expect, test } from 'vitest';
import { gradesOf, matrixOf } from '../../reports/matrix.ts';
import { followRun } from '../../reports/run-so-far.ts';
import { aRun } from './a-run.ts';

function after(events = aRun({ targets: 3, variants: 2 })) {
  const { run, on } = followRun();
  for (const event of events) on(event);
  return run;
}

test('a cell shows the worst of its scenarios, and what did not apply hides nothing', () => {
  const { targets, causes, cell } = matrixOf(after());
  expect(targets).toHaveLength(3);
  expect(causes).toHaveLength(12);
  expect(cell('node/express-oauth2-jwt-bearer', 'token/expired')).toEqual({
    value: 'fail',
    properties: ['pass', 'fail', 'pass', 'pass', 'not-applicable'],
    scenarios: 2,
  });
  expect(cell('nobody', 'token/expired')).toBeUndefined();
});

test('an inconclusive verdict shows each property by its own value', () => {
  const { cell } = matrixOf(after(aRun()));
  expect(cell('node/fastify-jwt', 'token/expired')?.properties).toEqual([
    'pass',
    'pass',
    'pass',
    'inconclusive',
    'not-applicable',
  ]);
});

test('grades count only where the audience was asked for', () => {
  const { finished } = after(aRun());
  const of = (target: string) => finished.filter((f) => f.target === target);
  expect(gradesOf(of('reference/gateway'), 'operator')).toEqual({ median: 'D4', worst: 'D4' });
  expect(gradesOf(of('node/express-jwt'), 'operator')).toEqual({ median: 'D4', worst: 'D1' });
  expect(gradesOf(of('node/express-jwt'), 'caller')).toBeUndefined();
});
