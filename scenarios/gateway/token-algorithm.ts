import { rfc7515 } from '../../harness/requirements/rfc7515.ts';
import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, badRequestOrToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/signature';
const none = refusesToken({ cause, by: rfc8725.onlyChosenAlgorithms });
const unknown = refusesToken({ cause, by: rfc7515.algorithmSupported });
const odd = refusesToken({ cause, by: rfc7515.algorithmPresent, says: badRequestOrToken });

/** RFC 8725 §3.1: libraries "MUST NOT use any other algorithms when performing cryptographic operations." */
export default forged(
  {
    family: 'token-algorithm',
    cause,
    remedy: 'List the algorithms that the issuer signs with, and refuse every other alg before a key is looked up.',
  },
  {
    'none-lower': { flaw: token.algorithmNone({ casing: 'lower' }), expect: none },
    'none-capital': { flaw: token.algorithmNone({ casing: 'capital' }), expect: none },
    'none-upper': { flaw: token.algorithmNone({ casing: 'upper' }), expect: none },
    'none-mixed': { flaw: token.algorithmNone({ casing: 'mixed' }), expect: none },
    'none-signed': { flaw: token.algorithmNoneSigned(), expect: none },
    'none-junk': { flaw: token.algorithmNoneJunk(), expect: none },
    'none-two-parts': {
      flaw: token.algorithmNoneTwoParts(),
      expect: refusesToken({ cause, by: rfc8725.onlyChosenAlgorithms, says: badRequestOrToken }),
    },
    'lower-case': { flaw: token.algorithmLowerCase(), expect: unknown },
    mismatch: { flaw: token.algorithmMismatch(), expect: refusesToken({ cause, by: rfc8725.oneAlgorithmPerKey }) },
    unknown: { flaw: token.algorithmUnknown(), expect: unknown },
    empty: { flaw: token.algorithmEmpty(), expect: odd },
    null: { flaw: token.algorithmNull(), expect: odd },
    number: { flaw: token.algorithmNumber(), expect: odd },
    missing: { flaw: token.algorithmMissing(), expect: odd },
    'other-rsa': { flaw: token.algorithmPs256(), expect: acceptsOrRefusesToken({ cause }) },
  },
);
