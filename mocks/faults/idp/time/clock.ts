import type { Fault } from '../../../../harness/model/fault.ts';
import { type Duration, milliseconds } from '../../../../harness/model/time.ts';

const clockFault = (way: 'fast' | 'slow', by: Duration, offset: number): Fault<'clock'> => ({
  id: `clock/${way}-by-${by}`,
  layer: 'time',
  seam: 'clock',
  cause: 'idp/clock-skew',
  summary: `the clock is ${by} ${way}`,
  apply: (now) => now + offset,
});

/** The IdP lives in the future: its tokens are issued ahead of everybody's time. */
export const clockFast = ({ by = '5m' }: { readonly by?: Duration } = {}) => clockFault('fast', by, milliseconds(by));

/** The IdP lives in the past: its tokens expire early. */
export const clockSlow = ({ by = '5m' }: { readonly by?: Duration } = {}) => clockFault('slow', by, -milliseconds(by));
