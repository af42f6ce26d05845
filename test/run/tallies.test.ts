import { expect, test } from 'vitest';
import type { Occurrence } from '../../harness/model/history.ts';
import { tallies } from '../../harness/run/tallies.ts';
import { exchange, historyOf } from '../oracles/history.ts';

const faults = ['http/status-429'];
const begun: Occurrence = { kind: 'step-begun', step: 'fw-1', phase: 'stimulus', does: 'work' };
const control: Occurrence = { kind: 'step-begun', step: 'fw-0', phase: 'control-before', does: 'work' };
const cleared: Occurrence = { kind: 'fault-cleared', fault: 'http/status-429' };
const asked = (startedAt: number, more: Partial<Parameters<typeof exchange>[1]> = {}) =>
  exchange('client→idp', {
    path: '/token',
    status: 429,
    headers: [['Retry-After', '2']],
    faults,
    startedAt,
    endedAt: startedAt + 10,
    ...more,
  });

test('what went into the fault is counted by its place, and the wait that was asked for is measured', () => {
  const history = historyOf(
    control,
    asked(0),
    begun,
    asked(100),
    asked(2_210),
    asked(2_300, { path: '/jwks', headers: [] }),
    cleared,
    asked(2_400),
  );
  expect(tallies(history)).toEqual([
    { kind: 'count', what: 'tries', count: 2 },
    { kind: 'measure', what: 'wait after Retry-After: 2', milliseconds: 2_100 },
  ]);
});

test('one that did not come back is no wait, and what met no fault is no try', () => {
  expect(tallies(historyOf(begun, asked(100)))).toEqual([{ kind: 'count', what: 'tries', count: 1 }]);
  expect(tallies(historyOf(begun, asked(100, { faults: [] })))).toEqual([]);
  expect(tallies(historyOf(control, asked(100)))).toEqual([]);
});

test('a date and a word ask for no seconds', () => {
  const soon = asked(100, { headers: [['Retry-After', 'soon']] });
  expect(tallies(historyOf(begun, soon, asked(200)))).toEqual([{ kind: 'count', what: 'tries', count: 2 }]);
});
