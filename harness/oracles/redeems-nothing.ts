import { oracle } from './oracle.ts';
import { exchangesTo, judgedStep } from './reading.ts';

const redeems = /(?:^|&)grant_type=authorization_code(?:&|$)/;

/** No authorization code was sent to a token endpoint, whosever it is, while the judged step ran or after it. */
export function redeemsNothing() {
  return oracle(
    'redeemsNothing()',
    (history) => {
      const expected = 'no code is redeemed';
      const step = judgedStep(history);
      const sent = ['idp', 'attacker']
        .flatMap((party) => exchangesTo(history, party))
        .filter(({ exchange }) => redeems.test(exchange.request?.body.text ?? ''))
        .filter(({ exchange: { correlation } }) => correlation === undefined || correlation === step?.step);
      if (sent.length > 0) {
        return {
          holds: 'no',
          observed: `a code was sent to ${sent[0]?.link.replace(/^.*→/, 'the ')}`,
          expected,
          evidence: sent.map(({ seq }) => seq),
        };
      }
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return { holds: 'yes', observed: 'no code was sent', expected, evidence: [step.seq] };
    },
    {
      good: 'the token endpoint sees nothing after the bad response',
      bad: 'POST /token · grant_type=authorization_code&code=…',
    },
  );
}
