import { oracle } from './oracle.ts';
import { exchangesTo, judgedStep } from './reading.ts';

/** The authorization request carried an S256 challenge, and the code was redeemed with a verifier (RFC 7636 §4.3, §4.5). */
export function usesPkce() {
  return oracle(
    'usesPkce()',
    (history) => {
      const expected = 'code_challenge with S256, then code_verifier';
      const step = judgedStep(history);
      const seen = exchangesTo(history, 'idp').filter(({ exchange }) => exchange.correlation === step?.step);
      const asked = seen.find(({ exchange: { request } }) => /[?&]response_type=code\b/.test(request?.path ?? ''));
      const redeemed = seen.find(({ exchange: { request } }) =>
        /(?:^|&)grant_type=authorization_code\b/.test(request?.body.text ?? ''),
      );
      if (asked === undefined) {
        return { holds: 'unknown', observed: 'no authorization request was seen', expected, evidence: [] };
      }
      const { path } = asked.exchange.request ?? { path: '' };
      const missing = [
        ...(/[?&]code_challenge=/.test(path) ? [] : ['code_challenge']),
        ...(/[?&]code_challenge_method=S256\b/.test(path) ? [] : ['code_challenge_method=S256']),
        ...(redeemed && !/(?:^|&)code_verifier=/.test(redeemed.exchange.request?.body.text ?? '')
          ? ['code_verifier']
          : []),
      ];
      return {
        holds: missing.length > 0 ? 'no' : redeemed === undefined ? 'unknown' : 'yes',
        observed: missing.length > 0 ? `${missing.join(' and ')} missing` : 'both are there',
        expected,
        evidence: [asked.seq, redeemed?.seq].filter((seq) => seq !== undefined),
      };
    },
    {
      good: 'GET /authorize?…&code_challenge=…&code_challenge_method=S256',
      bad: 'GET /authorize?… without a challenge',
    },
  );
}
