import type { EntryOf } from '../model/history.ts';
import { oracle } from './oracle.ts';
import { exchangesTo, fieldValues, judgedStep } from './reading.ts';

/** A little early is on time: clocks tick. Milliseconds. */
const grace = 50;

/** After an answer with `Retry-After` in seconds (RFC 9110 §10.2.3) nothing more went over the link to the same path until then. */
export function honoursRetryAfter(link: EntryOf<'exchange'>['link']) {
  return oracle(
    `honoursRetryAfter(${link})`,
    (history) => {
      const expected = 'no request before the time that Retry-After asks for';
      // Not what the harness lets it do for a control: a user is no retry.
      const sent = exchangesTo(history, link);
      const asked = sent.flatMap(({ seq, exchange: { request, response, endedAt } }) => {
        const [value = ''] = fieldValues(response?.headers ?? [], 'retry-after');
        const path = request?.path.split('?', 1)[0];
        return /^\d{1,6}$/.test(value) ? [{ seq, path, from: endedAt, until: endedAt + Number(value) * 1000 }] : [];
      });
      if (asked.length === 0) return { holds: 'unknown', observed: 'nobody asked to wait', expected, evidence: [] };
      const early = asked.flatMap(({ path, from, until }) =>
        sent.filter(
          ({ exchange: { startedAt, request } }) =>
            request?.path.split('?', 1)[0] === path && startedAt > from && startedAt < until - grace,
        ),
      );
      if (early.length > 0) {
        const after = Math.round((early[0]?.exchange.startedAt ?? 0) - (asked[0]?.from ?? 0));
        return {
          holds: 'no',
          observed: `${early.length} requests before that time, the first after ${after} ms`,
          expected,
          evidence: early.map(({ seq }) => seq),
        };
      }
      const step = judgedStep(history);
      return {
        holds: step === undefined ? 'unknown' : 'yes',
        observed: 'none came too early',
        expected,
        evidence: asked.map(({ seq }) => seq),
      };
    },
    { good: '429 with Retry-After: 2, and the next request two seconds later', bad: 'the next request at once' },
  );
}
