import type { CauseId } from '../model/cause.ts';
import { oracle } from './oracle.ts';
import { fieldValues, judgedExchange, logLines } from './reading.ts';

/** Collects what the operator's logs said about the cause; the lexicon grades it. */
export function names(cause: CauseId) {
  return oracle(`names(${cause})`, (history) => {
    const lines = logLines(history);
    return {
      holds: 'unknown',
      observed: lines.length === 0 ? 'the logs say nothing' : `${lines.length} log lines`,
      expected: `the logs name ${cause}`,
      evidence: lines.map(({ seq }) => seq),
      said: { cause, audience: 'operator', texts: lines.map(({ line }) => line) },
    };
  });
}

/** Collects what the answer told the caller about the cause; the lexicon grades it. */
export function tellsCaller(cause: CauseId) {
  return oracle(`tellsCaller(${cause})`, (history) => {
    const judged = judgedExchange(history);
    const response = judged?.exchange.response;
    const texts =
      response === undefined
        ? []
        : [String(response.status), ...fieldValues(response.headers, 'www-authenticate'), response.body.text].filter(
            (text) => text !== '',
          );
    return {
      holds: 'unknown',
      observed: response === undefined ? 'no answer' : `status ${response.status}`,
      expected: `the caller learns the class of ${cause}`,
      evidence: judged === undefined ? [] : [judged.seq],
      said: { cause, audience: 'caller', texts },
    };
  });
}
