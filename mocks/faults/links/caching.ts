import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers, PlannedAnswer } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';
import { withField, withoutField } from './answer.ts';

interface Blame {
  /** Default `token/caching` for caching, `idp/clock-skew` for the date. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'token/caching' });

/** What an answer says of caching, in place of what it said. */
const caching = (answer: PlannedAnswer, fields: Headers): PlannedAnswer => ({
  ...answer,
  headers: [
    ...withoutField(withoutField(withoutField(answer.headers, 'Cache-Control'), 'Pragma'), 'Expires'),
    ...fields,
  ],
});

/** A cache's copy, a week old and said to be fresh (RFC 9111 §5.1). */
export function stale({ seconds = 604_800, cause }: Blame & { readonly seconds?: number } = {}): Fault<'link/answer'> {
  return fault(
    'cache-stale',
    `the answer comes from a cache, ${seconds} seconds old`,
    (answer) => {
      const fields = [
        ['Age', String(seconds)],
        ['Cache-Control', `public, max-age=${seconds * 4}`],
      ] as const;
      return caching(answer, fields);
    },
    cause,
  );
}

/** To be kept for a year and never asked for again (RFC 8246). */
export function cachedForEver({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'cache-for-ever',
    'the answer is to be kept for a year',
    (answer) => caching(answer, [['Cache-Control', 'public, max-age=31536000, immutable']]),
    cause,
  );
}

/** Not to be kept at all: whoever heeds it asks each time. */
export function neverCached({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'cache-never',
    'the answer must not be kept',
    (answer) =>
      caching(answer, [
        ['Cache-Control', 'no-store'],
        ['Expires', '0'],
      ]),
    cause,
  );
}

/** `Date` is off by so many minutes (RFC 9110 §6.6.1); behind when negative. */
export function dateOff({
  minutes = 10,
  cause = 'idp/clock-skew',
}: Blame & { readonly minutes?: number } = {}): Fault<'link/answer'> {
  return fault(
    `date-${minutes < 0 ? 'behind' : 'ahead'}`,
    `Date is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead'}`,
    (answer) => {
      const date = new Date(answer.at + minutes * 60_000).toUTCString();
      return { ...answer, headers: withField(answer.headers, 'Date', date) };
    },
    cause,
  );
}

/** `Date` is no date. */
export function dateGarbage({ cause = 'idp/clock-skew' }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'date-garbage',
    'Date is no date',
    (answer) => ({ ...answer, headers: withField(answer.headers, 'Date', 'yesterday') }),
    cause,
  );
}
