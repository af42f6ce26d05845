import { oracle } from './oracle.ts';
import { exchangesOfStep, judgedStep } from './reading.ts';

/** What only who has seen the database, or its driver's errors, would write. */
const ofStore =
  /\bjdbc:\w+|\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|redis):\/\/|\bstore\.failwell\.test\b|\bSQLSTATE\b|\b\w{0,40}SQLException\b|\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) "?[a-z_]{3,40}"? /;

/** No answer of the judged step says where the database is, or what it was asked. */
export function hidesStore() {
  const expected = 'nothing of the database in an answer';
  return oracle(
    'hidesStore()',
    (history) => {
      const answers = exchangesOfStep(history, judgedStep(history)?.step).filter(({ exchange }) => exchange.response);
      const evidence = answers.map(({ seq }) => seq);
      if (answers.length === 0) return { holds: 'unknown', observed: 'no answer', expected, evidence };
      for (const { seq, exchange } of answers) {
        const [found] = ofStore.exec(exchange.response?.body.text ?? '') ?? [];
        if (found !== undefined) return { holds: 'no', observed: `'${found}' in an answer`, expected, evidence: [seq] };
      }
      return { holds: 'yes', observed: 'no answer speaks of it', expected, evidence };
    },
    {
      good: 'HTTP/1.1 503 Service Unavailable · {"error":"temporarily_unavailable"}',
      bad: 'HTTP/1.1 500 · {"error":"jdbc:postgresql://db:5432/idp refused the connection"}',
    },
  );
}
