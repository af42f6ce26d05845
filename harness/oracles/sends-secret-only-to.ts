import { oracle } from './oracle.ts';
import { entries, judgedStep, stimulusBegins } from './reading.ts';

/** What proves the client or stands for the user's consent: its secret, HTTP Basic credentials, codes and verifiers. */
const proof = /‹secret:(?:client_secret|code|code_verifier|client_assertion)#|‹basic:/;

/** The client sent its credentials, codes and verifiers to this party, and to nobody else. */
export function sendsSecretOnlyTo(party: string) {
  return oracle(
    `sendsSecretOnlyTo(${party})`,
    (history) => {
      const begins = stimulusBegins(history);
      const expected = `credentials and codes go to the ${party} alone`;
      const away = entries(history, 'exchange').filter(
        ({ seq, link, exchange }) =>
          seq > begins &&
          link.startsWith('client→') &&
          !link.endsWith(`→${party}`) &&
          proof.test(JSON.stringify(exchange.request ?? {})),
      );
      if (away.length > 0) {
        return {
          holds: 'no',
          observed: `credentials went over ${[...new Set(away.map(({ link }) => link))].join(', ')}`,
          expected,
          evidence: away.map(({ seq }) => seq),
        };
      }
      const step = judgedStep(history);
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return { holds: 'yes', observed: 'they went nowhere else', expected, evidence: [step.seq] };
    },
    {
      good: 'POST https://idp.example/token · Authorization: Basic …',
      bad: 'POST https://evil.example/token · Authorization: Basic …',
    },
  );
}
