import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, acceptsToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/expired';
const early = refusesToken({ cause, by: rfc7519.notBefore });

/** RFC 7519 §4.1.5: nbf is "the time before which the JWT MUST NOT be accepted for processing." */
export default forged(
  {
    family: 'token-not-yet-valid',
    cause,
    remedy: 'Check nbf, when there is one, against the current time with the same leeway as exp.',
  },
  {
    'by-10m': { flaw: token.notYetValid({ by: '10m' }), expect: early },
    'by-1d': { flaw: token.notYetValid({ by: '1d' }), expect: early },
    'numeric-string': { flaw: token.notBeforeNumericString(), expect: acceptsOrRefusesToken({ cause }) },
    past: { flaw: token.notBeforePast(), expect: acceptsToken(rfc7519.notBefore) },
    'issued-in-30m': { flaw: token.issuedInFuture({ by: '30m' }), expect: acceptsOrRefusesToken({ cause }) },
    'issued-a-week-ago': { flaw: token.issuedLongAgo({ by: '7d' }), expect: acceptsOrRefusesToken({ cause }) },
  },
);
