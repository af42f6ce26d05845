import { rfc7515 } from '../../harness/requirements/rfc7515.ts';
import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { badRequestOrToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/signature';
const invalid = refusesToken({ cause, by: rfc8725.validateAllOperations });
const unsigned = refusesToken({ cause, by: rfc8725.validateAllOperations, says: badRequestOrToken });

/** RFC 8725 §3.3: "the entire JWT MUST be rejected if any of them fail to validate." */
export default forged(
  {
    family: 'token-signature',
    cause,
    remedy: 'Verify the signature with a key of the issuer before anything in the token is believed.',
  },
  {
    'tampered-payload': { flaw: token.tamperedPayload(), expect: invalid },
    'tampered-header': { flaw: token.tamperedHeader(), expect: invalid },
    'flipped-bit': { flaw: token.flippedBit(), expect: invalid },
    stripped: { flaw: token.signatureStripped(), expect: unsigned },
    'stripped-two-parts': { flaw: token.signatureStrippedTwoParts(), expect: unsigned },
    truncated: { flaw: token.signatureTruncated(), expect: invalid },
    zeros: { flaw: token.signatureZeros(), expect: invalid },
    'foreign-key': { flaw: token.foreignKeyPublishedKid(), expect: invalid },
    'psychic-raw': {
      flaw: token.psychicSignature(),
      expect: refusesToken({ cause, by: rfc7515.allSteps }),
      needs: ['es256'],
    },
    'psychic-der': {
      flaw: token.psychicSignatureDer(),
      expect: refusesToken({ cause, by: rfc7515.allSteps }),
      needs: ['es256'],
    },
  },
);
