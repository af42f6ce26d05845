import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { rfc9068 } from '../../harness/requirements/rfc9068.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, acceptsToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/expired';
const over = refusesToken({ cause, by: rfc7519.notAfterExpiry });

/** RFC 7519 §4.1.4: "the current date/time MUST be before the expiration date/time listed in the "exp" claim." */
export default forged(
  {
    family: 'token-expired',
    cause,
    remedy: 'Check exp against the current time on every request, with a leeway of a few minutes at most.',
  },
  {
    'by-10m': { flaw: token.expired({ by: '10m' }), expect: over },
    'by-1d': { flaw: token.expired({ by: '1d' }), expect: over },
    negative: { flaw: token.expiryNegative(), expect: over },
    missing: {
      flaw: token.expiryMissing(),
      expect: refusesToken({ cause, by: rfc9068.expiryRequired }),
      needs: ['rfc9068'],
    },
    'numeric-string': { flaw: token.expiryNumericString(), expect: acceptsOrRefusesToken({ cause }) },
    'date-text': { flaw: token.expiryDateText(), expect: acceptsOrRefusesToken({ cause }) },
    fraction: { flaw: token.expiryFraction(), expect: acceptsToken(rfc7519.expiryIsNumber) },
  },
);
