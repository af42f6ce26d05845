import type { EntryOf, History } from '../model/history.ts';
import type { Headers } from '../model/http.ts';
import { oracle } from './oracle.ts';
import { exchangesOfStep, judgedStep, redirectedTo } from './reading.ts';

const tokens = /"(access_token|refresh_token|id_token)"\s*:\s*"[^"]+"/;
const action = /<form\b[^>]*\baction\s*=\s*["']?([^"'\s>]+)/i;
const posted = /<input\b[^>]*\bname\s*=\s*["']?(code|access_token|id_token)["']?[\s>]/i;

/** What an answer hands out: a token in its body, a code or token in its redirection or in a form that posts itself. */
function handedOut({ exchange }: EntryOf<'exchange'>): string | undefined {
  const { request, response } = exchange;
  if (response === undefined) return undefined;
  const { text } = response.body;
  const inBody = tokens.exec(text)?.[1] ?? (leadsAway(text, request?.headers) ? posted.exec(text)?.[1] : undefined);
  if (inBody !== undefined) return `${inBody} in the answer`;
  const to = redirectedTo(response);
  const name = ['code', 'access_token', 'id_token'].find((each) => to?.parameters.has(each));
  return name === undefined ? undefined : `${name} sent to ${to?.origin}${to?.path}`;
}

/** Whether the form of a page goes to another host: an IdP may well have a code of its own in a form that comes back to it. */
function leadsAway(page: string, headers: Headers = []): boolean {
  const to = action.exec(page)?.[1];
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  return to !== undefined && URL.canParse(to) && new URL(to).host !== host;
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
