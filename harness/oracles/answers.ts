import type { Exchange } from '../model/exchange.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { errorCode, inWords, judgedExchange } from './reading.ts';
import { answerLine } from './sayings.ts';

type Response = NonNullable<Exchange['response']>;

/** Asks something of the answer to the judged step; without one the history does not tell. */
export function ofAnswer(
  id: string,
  expected: string,
  right: (response: Response) => boolean,
  looks: NonNullable<PairableOracle['looks']>,
): PairableOracle {
  return oracle(
    id,
    (history) => {
      const judged = judgedExchange(history);
      if (judged === undefined) return { holds: 'unknown', observed: 'no answer', expected, evidence: [] };
      const { response } = judged.exchange;
      const holds = response === undefined ? 'unknown' : right(response) ? 'yes' : 'no';
      return { holds, observed: inWords(judged.exchange), expected, evidence: [judged.seq] };
    },
    looks,
  );
}

/** The answer's status is one of these and, when given, its OAuth error code is one of those. */
export function answers(status: number | readonly number[], error?: string | readonly string[]): PairableOracle {
  const statuses = [status].flat();
  const errors = error === undefined ? undefined : [error].flat();
  const expected = [statuses.join(' or '), errors?.join(' or ')].filter(Boolean).join(' ');
  return ofAnswer(
    `answers(${expected})`,
    expected,
    (response) =>
      statuses.includes(response.status) && (errors === undefined || errors.includes(errorCode(response) ?? '')),
    {
      good: answerLine(statuses[0] ?? 401, errors?.[0]),
      bad: statuses.includes(500) ? answerLine(401, 'invalid_token') : answerLine(500),
    },
  );
}

/** The answer carries no OAuth error code at all. */
export function answersWithoutError(): PairableOracle {
  return ofAnswer('answersWithoutError()', 'no error code', (response) => errorCode(response) === undefined, {
    good: 'HTTP/1.1 401 Unauthorized · WWW-Authenticate: Bearer realm="api"',
    bad: answerLine(401, 'invalid_request'),
  });
}

/** The answer is no internal error: whatever the caller sent, it is the caller's mistake (not 5xx). */
export function answersNoServerError(): PairableOracle {
  return ofAnswer('answersNoServerError()', 'a status below 500', ({ status }) => status < 500, {
    good: answerLine(401, 'invalid_token'),
    bad: answerLine(500),
  });
}
