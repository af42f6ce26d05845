import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { clockFast, clockSlow } from '../../mocks/faults/idp/time/clock.ts';
import { broken } from './broken.ts';
import { acceptsOrRefusesToken, acceptsToken, refusesToken } from './expectations.ts';

const cause = 'idp/clock-skew';

/** RFC 7519 §4.1.4: "Implementers MAY provide for some small leeway, usually no more than a few minutes." */
export default broken(
  {
    family: 'clock-skew',
    remedy:
      "Keep clocks in step (NTP), allow a leeway of a minute or two, and log the token's times beside the current one.",
    on: 'idp',
    needs: ['jwt'],
    isolation: 'exclusive',
  },
  {
    'fast-30s': { fault: clockFast({ by: '30s' }), expect: () => acceptsOrRefusesToken({ cause }) },
    'fast-5m': { fault: clockFast({ by: '5m' }), expect: () => acceptsOrRefusesToken({ cause }) },
    'fast-1h': { fault: clockFast({ by: '1h' }), expect: () => acceptsOrRefusesToken({ cause }) },
    'slow-30s': { fault: clockSlow({ by: '30s' }), expect: () => acceptsToken(rfc7519.mayAllowLeeway) },
    'slow-2h': { fault: clockSlow({ by: '2h' }), expect: () => refusesToken({ cause, by: rfc7519.notAfterExpiry }) },
  },
);
