import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { clockFast, clockSlow } from '../../mocks/faults/idp/time/clock.ts';
import { broken } from './broken.ts';
import { acceptsOrRefusesToken, acceptsToken } from './expectations.ts';

const cause = 'idp/clock-skew';
const seenExpired = () => acceptsOrRefusesToken({ cause: 'token/expired' });
const seenEarly = () => acceptsOrRefusesToken({ cause });

/**
 * The gateway's own clock is wrong. RFC 7519 §4.1.4: "Implementers MAY provide for some small leeway, usually no more than
 * a few minutes, to account for clock skew." Beyond that it cannot but refuse good tokens, and should show both times.
 */
export default broken(
  {
    family: 'own-clock',
    remedy: "Keep the gateway's clock in step (NTP), and log the token's times beside the current one.",
    on: 'gateway',
    needs: ['jwt', 'clock'],
    isolation: 'exclusive',
  },
  {
    'fast-30s': { fault: clockFast({ by: '30s' }), expect: () => acceptsToken(rfc7519.mayAllowLeeway) },
    'fast-2h': { fault: clockFast({ by: '2h' }), expect: seenExpired },
    'slow-30s': { fault: clockSlow({ by: '30s' }), expect: seenEarly },
    'slow-5m': { fault: clockSlow({ by: '5m' }), expect: seenEarly },
    'slow-1h': { fault: clockSlow({ by: '1h' }), expect: seenEarly },
  },
);
