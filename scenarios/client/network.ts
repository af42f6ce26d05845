import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { broken } from './broken.ts';
import { saysThatItFailed, saysThatItFailedOnce, worksOn, worksOnOrSaysWhyOnce } from './expectations.ts';

const remedy =
  'Give up after the declared deadline, log which host and port could not be reached and why, send no code twice, and work again without a restart.';
const common = { family: 'network', remedy, on: 'client→idp', isolation: 'exclusive' } as const;

/** RFC 6749 §4.1.2: "The client MUST NOT use the authorization code more than once.", even when the answer was lost. */
export default [
  ...broken(common, {
    reset: { fault: links.resets(), expect: saysThatItFailedOnce },
    'reset-at-connect': { fault: links.resetsAtOnce(), expect: saysThatItFailedOnce },
    'closed-at-connect': { fault: links.closesAtOnce(), expect: saysThatItFailedOnce },
    'other-service': { fault: links.otherService(), cause: 'idp/tls-certificate', expect: saysThatItFailedOnce },
    hangs: { fault: links.hangs(), expect: saysThatItFailedOnce, slow: true },
  }),
  ...broken(
    { ...common, at: 'token' },
    {
      'answer-reset': { fault: links.resetBeforeAnswer(), expect: saysThatItFailedOnce },
      'answer-closed': { fault: links.closesBeforeAnswer(), expect: saysThatItFailedOnce },
      'answer-truncated': { fault: links.truncated(), expect: saysThatItFailedOnce },
      'answer-reset-half-way': { fault: links.resetAfter(), expect: saysThatItFailedOnce },
      'first-answer-reset': {
        fault: links.resetBeforeAnswer(),
        schedule: { when: 'first', count: 1 },
        expect: worksOnOrSaysWhyOnce,
      },
      'answer-hangs': { fault: links.neverAnswers(), expect: saysThatItFailedOnce, slow: true },
      'answer-stalls': { fault: links.stalls(), expect: saysThatItFailedOnce, slow: true },
      'answer-drips': { fault: links.drips(), expect: worksOnOrSaysWhyOnce, slow: true },
      'length-too-small': { fault: links.lengthTooSmall(), expect: saysThatItFailedOnce },
      'gzip-garbage': { fault: links.gzipGarbage(), expect: saysThatItFailedOnce },
      'early-hints': { fault: links.interim(103), expect: () => worksOn(rfc9110.parsesInterim) },
      'proxy-forbidden': { fault: links.proxyForbidden(), expect: saysThatItFailedOnce },
      // Whoever answers so says that nothing was passed on: the code has not been used.
      'proxy-authentication': { fault: links.proxyAuthenticationRequired(), expect: saysThatItFailed },
      'captive-portal': { fault: links.captivePortal(), expect: saysThatItFailed },
      'captive-page': { fault: links.body.htmlPage(), expect: saysThatItFailedOnce },
      'redirect-loop': { fault: links.redirectLoop({ status: 307 }), expect: saysThatItFailedOnce },
      'redirected-away': { fault: links.redirectsElsewhere({ status: 307 }), expect: saysThatItFailedOnce },
    },
  ),
];
