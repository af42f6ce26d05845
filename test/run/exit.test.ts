import { expect, test } from 'vitest';
import { noVerdicts, type VerdictValue } from '../../harness/model/verdict.ts';
import { exitCode } from '../../harness/run/exit.ts';

type Run = Partial<Record<VerdictValue, number>> & {
  errors?: number;
  interrupted?: boolean;
  allowInconclusive?: boolean;
  exitZero?: boolean;
};

test.each<readonly [number, string, Run]>([
  [0, 'all passed', { pass: 3 }],
  [0, 'notes and warnings', { pass: 1, note: 1, warn: 1, waived: 1 }],
  [0, 'only warnings', { warn: 2 }],
  [1, 'one failed', { pass: 3, fail: 1 }],
  [1, 'failed and inconclusive', { fail: 1, inconclusive: 1 }],
  [1, 'inconclusive allowed, but one failed', { fail: 1, inconclusive: 1, allowInconclusive: true }],
  [2, 'nothing was judged', {}],
  [2, 'nothing was applicable', { 'not-applicable': 5 }],
  [2, 'nothing was judged, with --exit-zero', { exitZero: true }],
  [3, 'the harness failed', { pass: 3, errors: 1 }],
  [3, 'the harness failed, and a target', { fail: 3, errors: 1 }],
  [3, 'the harness failed before anything was judged', { errors: 1 }],
  [3, 'the harness failed, with --exit-zero', { errors: 1, exitZero: true }],
  [4, 'inconclusive', { pass: 3, inconclusive: 1 }],
  [4, 'only inconclusive', { inconclusive: 1 }],
  [0, 'inconclusive, allowed', { pass: 3, inconclusive: 1, allowInconclusive: true }],
  [0, 'failed, with --exit-zero', { fail: 1, inconclusive: 1, exitZero: true }],
  [130, 'interrupted', { pass: 3, interrupted: true }],
  [130, 'interrupted, whatever else', { fail: 1, errors: 1, interrupted: true, exitZero: true }],
])('%i: %s', (code, _, { errors = 0, interrupted = false, allowInconclusive = false, exitZero = false, ...values }) => {
  const totals = { ...noVerdicts(), ...values };
  expect(exitCode({ totals, errors, interrupted, allowInconclusive, exitZero })).toBe(code);
});
