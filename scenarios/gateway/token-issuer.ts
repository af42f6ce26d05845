import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import { rfc9068 } from '../../harness/requirements/rfc9068.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/issuer';
const foreign = refusesToken({ cause, by: rfc8725.keysBelongToIssuer });

/** RFC 8725 §3.8: "the application MUST validate that the cryptographic keys used […] belong to the issuer." */
export default forged(
  {
    family: 'token-issuer',
    cause,
    remedy: 'Configure the one issuer whose keys are used, and compare iss with it as a whole, character by character.',
  },
  {
    other: { flaw: token.issuerOther(), expect: foreign },
    'trailing-slash': { flaw: token.issuerTrailingSlash(), expect: foreign },
    case: { flaw: token.issuerCase(), expect: foreign },
    extended: { flaw: token.issuerExtended(), expect: foreign },
    subpath: { flaw: token.issuerSubpath(), expect: foreign },
    containing: { flaw: token.issuerContaining(), expect: foreign },
    http: { flaw: token.issuerHttp(), expect: foreign },
    padded: { flaw: token.issuerPadded(), expect: foreign },
    array: { flaw: token.issuerArray(), expect: acceptsOrRefusesToken({ cause }) },
    missing: {
      flaw: token.issuerMissing(),
      expect: refusesToken({ cause, by: rfc9068.issuerRequired }),
      needs: ['rfc9068'],
    },
    'missing-elsewhere': { flaw: token.issuerMissing(), expect: acceptsOrRefusesToken({ cause }), needs: ['!rfc9068'] },
    'only-in-header': { flaw: token.issuerOnlyInHeader(), expect: acceptsOrRefusesToken({ cause }) },
  },
);
