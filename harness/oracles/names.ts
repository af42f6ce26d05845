import type { CauseId } from '../model/cause.ts';
import type { Exchange } from '../model/exchange.ts';
import { oracle } from './oracle.ts';
import { fieldValues, judgedExchange, judgedPage, judgedSaying, logLines, redirectedTo } from './reading.ts';
import { callerLooks, operatorLooks } from './sayings.ts';

/** Collects what the operator's logs said about the cause; the lexicon grades it. */
export function names(cause: CauseId) {
  return oracle(
    `names(${cause})`,
    (history) => {
      const lines = logLines(history);
      return {
        holds: 'unknown',
        observed: lines.length === 0 ? 'the logs say nothing' : `${lines.length} log lines`,
        expected: `the logs name ${cause}`,
        evidence: lines.map(({ seq }) => seq),
        said: { cause, audience: 'operator', texts: lines.map(({ line }) => line) },
      };
    },
    operatorLooks(cause),
  );
}

/** What a redirection tells the client (RFC 6749 §4.1.2.1). */
function errorsIn(response: NonNullable<Exchange['response']>): readonly string[] {
  const parameters = redirectedTo(response)?.parameters;
  return ['error', 'error_description'].flatMap((name) => parameters?.getAll(name) ?? []);
}

/** Collects what the answer, the page, or the client's own error told the caller about the cause; the lexicon grades it. */
export function tellsCaller(cause: CauseId) {
  return oracle(
    `tellsCaller(${cause})`,
    (history) => {
      const judged = judgedExchange(history);
      const response = judged?.exchange.response;
      // What another party showed the user is not the target's to answer for.
      const shown = [judgedPage(history), judgedSaying(history)].filter((told) => told?.party === undefined);
      const [page] = shown.filter((told) => told !== undefined);
      const said = [
        ...(response === undefined
          ? []
          : [
              String(response.status),
              ...fieldValues(response.headers, 'www-authenticate'),
              ...errorsIn(response),
              response.body.text,
            ]),
        ...(page === undefined ? [] : [page.text]),
      ];
      return {
        holds: 'unknown',
        observed:
          response !== undefined
            ? `status ${response.status}`
            : page === undefined
              ? 'no answer'
              : page.kind === 'page'
                ? 'a page'
                : 'an error',
        expected: `the caller learns the class of ${cause}`,
        evidence: [judged?.seq, page?.seq].filter((seq) => seq !== undefined),
        said: { cause, audience: 'caller', texts: said.filter((text) => text !== '') },
      };
    },
    callerLooks(cause),
  );
}
