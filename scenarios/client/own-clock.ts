import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { clockFast, clockSlow } from '../../mocks/faults/idp/time/clock.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, worksOn, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const cause = 'idp/clock-skew';
const seenEarly = () => worksOnOrSaysWhy(cause);

/**
 * The client's own clock is wrong. OpenID Connect Core §3.1.3.7: "The current time MUST be before the time represented by the
 * exp Claim": what its clock says is past, it must refuse, and should show both times.
 */
export default broken(
  {
    family: 'own-clock',
    remedy: "Keep the client's clock in step (NTP), and log the ID token's times beside the current one.",
    on: 'client',
    needs: ['id-token', 'clock'],
    isolation: 'exclusive',
    stimulus: [logIn()],
  },
  {
    'fast-30s': { fault: clockFast({ by: '30s' }), expect: () => worksOn(rfc7519.mayAllowLeeway) },
    'fast-2h': {
      fault: clockFast({ by: '2h' }),
      cause: 'token/expired',
      expect: (what) => refusesWhatCame({ cause: what, by: openidCore.notExpired }),
    },
    'slow-30s': { fault: clockSlow({ by: '30s' }), expect: seenEarly },
    'slow-5m': { fault: clockSlow({ by: '5m' }), expect: seenEarly },
    'slow-1h': { fault: clockSlow({ by: '1h' }), expect: seenEarly },
  },
);
