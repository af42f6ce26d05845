import { oracle } from './oracle.ts';
import { errorCode, inWords, judgedExchange } from './reading.ts';
import { answerLine } from './sayings.ts';

/** The answer's status is one of these and, when given, its OAuth error code is one of those. */
export function answers(status: number | readonly number[], error?: string | readonly string[]) {
  const statuses = [status].flat();
  const errors = error === undefined ? undefined : [error].flat();
  const expected = [statuses.join(' or '), errors?.join(' or ')].filter(Boolean).join(' ');
  return oracle(
    `answers(${expected})`,
    (history) => {
      const judged = judgedExchange(history);
      const response = judged?.exchange.response;
      if (judged === undefined || response === undefined) {
        return {
          holds: 'unknown',
          observed: judged === undefined ? 'no answer' : inWords(judged.exchange),
          expected,
          evidence: judged ? [judged.seq] : [],
        };
      }
      const right =
        statuses.includes(response.status) && (errors === undefined || errors.includes(errorCode(response) ?? ''));
      return { holds: right ? 'yes' : 'no', observed: inWords(judged.exchange), expected, evidence: [judged.seq] };
    },
    {
      good: answerLine(statuses[0] ?? 401, errors?.[0]),
      bad: statuses.includes(500) ? answerLine(401, 'invalid_token') : answerLine(500),
    },
  );
}

/** The answer carries no OAuth error code at all. */
export function answersWithoutError() {
  return oracle(
    'answersWithoutError()',
    (history) => {
      const judged = judgedExchange(history);
      const response = judged?.exchange.response;
      const expected = 'no error code';
      if (judged === undefined || response === undefined)
        return { holds: 'unknown', observed: 'no answer', expected, evidence: [] };
      return {
        holds: errorCode(response) === undefined ? 'yes' : 'no',
        observed: inWords(judged.exchange),
        expected,
        evidence: [judged.seq],
      };
    },
    {
      good: 'HTTP/1.1 401 Unauthorized · WWW-Authenticate: Bearer realm="api"',
      bad: answerLine(401, 'invalid_request'),
    },
  );
}

/** The answer is no internal error: whatever the caller sent, it is the caller's mistake (not 5xx). */
export function answersNoServerError() {
  const expected = 'a status below 500';
  return oracle(
    'answersNoServerError()',
    (history) => {
      const judged = judgedExchange(history);
      const response = judged?.exchange.response;
      if (judged === undefined || response === undefined)
        return { holds: 'unknown', observed: 'no answer', expected, evidence: [] };
      return {
        holds: response.status < 500 ? 'yes' : 'no',
        observed: inWords(judged.exchange),
        expected,
        evidence: [judged.seq],
      };
    },
    { good: answerLine(401, 'invalid_token'), bad: answerLine(500) },
  );
}
