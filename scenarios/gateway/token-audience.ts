import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { rfc9068 } from '../../harness/requirements/rfc9068.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, acceptsToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/audience';
const foreign = refusesToken({ cause, by: rfc9700.refuseForeignTokens });

/** RFC 9700 §2.3: a token that was not meant for this API: "the resource server MUST refuse to serve the respective request." */
export default forged(
  {
    family: 'token-audience',
    cause,
    remedy:
      'Configure the audience that this API is called by, and compare it with each value of aud as a whole, case included.',
  },
  {
    other: { flaw: token.audienceOther(), expect: foreign },
    'is-client': { flaw: token.audienceIsClient(), expect: foreign },
    'array-other': { flaw: token.audienceArrayOther(), expect: foreign },
    'empty-array': { flaw: token.audienceEmptyArray(), expect: foreign },
    extended: { flaw: token.audienceExtended(), expect: foreign },
    cut: { flaw: token.audienceCut(), expect: foreign },
    containing: { flaw: token.audienceContaining(), expect: foreign },
    case: { flaw: token.audienceCase(), expect: foreign },
    wildcard: { flaw: token.audienceWildcard(), expect: foreign },
    missing: {
      flaw: token.audienceMissing(),
      expect: refusesToken({ cause, by: rfc9068.audienceRequired }),
      needs: ['rfc9068'],
    },
    'missing-elsewhere': {
      flaw: token.audienceMissing(),
      expect: acceptsOrRefusesToken({ cause }),
      needs: ['!rfc9068'],
    },
    'among-others': { flaw: token.audienceAmongOthers(), expect: acceptsToken(rfc7519.audienceArray) },
    'array-of-one': { flaw: token.audienceArrayOfOne(), expect: acceptsToken(rfc7519.audienceArray) },
  },
);
