import { expect, test } from 'vitest';
import { causesOf, gradesOf, type Matrix, matricesOf } from '../../reports/matrix.ts';
import { followRun } from '../../reports/run-so-far.ts';
import { aRun } from './a-run.ts';

function after(events = aRun({ targets: 3, variants: 2 })) {
  const { run, on } = followRun();
  for (const event of events) on(event);
  return run;
}

function only(run = after()): Matrix {
  const [matrix, ...others] = matricesOf(run);
  expect(others).toEqual([]);
  return matrix!;
}

test('a cell shows the worst of its scenarios, and what did not apply hides nothing', () => {
  const { targets, causes, cell } = only();
  expect(targets).toHaveLength(3);
  expect(causes).toHaveLength(12);
  expect(cell('node/express-oauth2-jwt-bearer', 'token/expired')).toEqual({
    value: 'fail',
    properties: ['pass', 'fail', 'pass', 'pass', 'not-applicable'],
    scenarios: 2,
  });
  expect(cell('nobody', 'token/expired')).toBeUndefined();
});

test('each role has its own matrix, with its targets and what was judged for them', () => {
  const run = after(aRun({ targets: 6, roles: ['idp', 'gateway', 'client', 'chain'] }));
  const [gateways, clients, idps, chains, ...others] = matricesOf(run);
  const ids = (matrix?: Matrix) => matrix?.targets.map(({ id }) => id);
  expect(others).toEqual([]);
  expect(gateways).toMatchObject({ role: 'gateway', title: 'Gateways' });
  expect(ids(gateways)).toEqual(['node/express-oauth2-jwt-bearer', 'node/aws-jwt-verify']);
  expect(gateways?.causes).toHaveLength(12);
  expect(ids(clients)).toEqual(['node/express-jwt']);
  expect(clients?.causes).toEqual(['token/expired', 'idp/signing-keys', 'attack/csrf']);
  expect(ids(idps)).toEqual(['reference/gateway', 'node/fastify-jwt']);
  expect(idps?.causes).toEqual(['client/credentials', 'attack/code']);
  expect(chains).toMatchObject({ title: 'Chains', causes: ['idp/clock-skew'] });
  expect(causesOf(run)).toHaveLength(15);
});

test('a cause that no target was judged for is left out of the matrix, and a target without a verdict, too', () => {
  const first = after(aRun({ targets: 1 }));
  expect(causesOf(first)).toContain('gateway/introspection');
  expect(only(first).causes).not.toContain('gateway/introspection');
  const killed = only(after(aRun({ killedAfter: 14 })));
  expect(killed.targets).toHaveLength(2);
  expect(matricesOf(after(aRun({ killedAfter: 0 })))).toEqual([]);
});

test('an inconclusive verdict shows each property by its own value', () => {
  const { cell } = only(after(aRun()));
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
