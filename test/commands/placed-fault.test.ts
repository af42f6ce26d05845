import { expect, test } from 'vitest';
import { faults, scheduleText } from '../../harness/commands/placed-fault.ts';

test.each(['first:3', 'every:5', 'after:10s', 'until:30s', 'between:5s..1.5m', 'chance:0.2'])(
  '@%s is shown as it was written',
  (when) => {
    const [named] = faults(`token/audience-other@${when}`);
    expect(scheduleText(named!.schedule!)).toBe(`@${when}`);
  },
);

test.each([undefined, '@always'])('what always stands is shown without a schedule: %s', (when = '') => {
  const [named] = faults(`token/audience-other${when}`);
  expect(scheduleText(named!.schedule ?? { when: 'always' })).toBe('');
});
