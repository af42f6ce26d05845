import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { saysThatNothingCame, worksOn, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

/** RFC 6749 §4.1.2: "The client MUST ignore unrecognized response parameters." */
export default broken(
  {
    family: 'authorization-response',
    on: 'idp',
    isolation: 'exclusive',
    stimulus: [logIn()],
    needs: ['code'],
    remedy: 'Look at error before code, redeem nothing without a code, and pass unknown parameters over.',
  },
  {
    'unknown-parameter': {
      fault: idp.authorizationUnknownParameter(),
      expect: () => worksOn(rfc6749.ignoreResponseParameters),
    },
    'code-missing': { fault: idp.authorizationCodeMissing(), expect: saysThatNothingCame },
    'code-empty': { fault: idp.authorizationCodeEmpty(), expect: saysThatNothingCame },
    'code-and-error': {
      fault: idp.authorizationCodeAndError(),
      cause: 'policy/conditional-access',
      expect: worksOnOrSaysWhy,
    },
    // PKCE or the nonce may stand in for state (RFC 9700 §2.1), and this is the browser's own response. A client that sends no state has none to lose.
    'state-missing': { fault: idp.authorizationStateMissing(), expect: worksOnOrSaysWhy, mayAvoid: true },
    'state-wrong': { fault: idp.authorizationStateWrong(), expect: worksOnOrSaysWhy, mayAvoid: true },
    'state-empty': { fault: idp.authorizationStateEmpty(), expect: worksOnOrSaysWhy, mayAvoid: true },
  },
);
