import type { EntryOf, History } from '../model/history.ts';
import { oracle } from './oracle.ts';
import { exchangesOfStep, judgedStep, redirectedTo } from './reading.ts';

const tokens = /"(access_token|refresh_token|id_token)"\s*:\s*"[^"]+"/;
const posted = /<input\b[^>]*\bname\s*=\s*["']?(code|access_token|id_token)["']?[\s>]/i;

/** What an answer hands out: a token in its body, a code or token in its redirection or in a form that posts itself. */
function handedOut({ exchange }: EntryOf<'exchange'>): string | undefined {
  const { response } = exchange;
  if (response === undefined) return undefined;
  const inBody = tokens.exec(response.body.text)?.[1] ?? posted.exec(response.body.text)?.[1];
  if (inBody !== undefined) return `${inBody} in the answer`;
  const to = redirectedTo(response);
  const name = ['code', 'access_token', 'id_token'].find((each) => to?.parameters.has(each));
  return name === undefined ? undefined : `${name} sent to ${to?.origin}${to?.path}`;
}

/** No answer to the judged step held a code or a token. */
export function issuesNothing() {
  const expected = 'no code and no token is issued';
  return oracle(
    'issuesNothing()',
    (history: History) => {
      const step = judgedStep(history);
      const answers = exchangesOfStep(history, step?.step);
      for (const entry of answers) {
        const what = handedOut(entry);
        if (what !== undefined) return { holds: 'no', observed: what, expected, evidence: [entry.seq] };
      }
      const evidence = answers.map(({ seq }) => seq);
      if (step === undefined || answers.length === 0)
        return { holds: 'unknown', observed: 'no answer', expected, evidence };
      return { holds: 'yes', observed: 'nothing was issued', expected, evidence };
    },
    {
      good: 'HTTP/1.1 400 Bad Request · {"error":"invalid_grant"}',
      bad: 'HTTP/1.1 200 OK · {"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"}',
    },
  );
}
