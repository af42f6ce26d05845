import { openidCore } from '../../harness/requirements/openid-core.ts';
import { clockFast, clockSlow } from '../../mocks/faults/idp/time/clock.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const cause = 'idp/clock-skew';

/**
 * OpenID Connect Core §3.1.3.7: "The current time MUST be before the time represented by the exp Claim." A token from the
 * future may be refused: "The iat Claim can be used to reject tokens that were issued too far away from the current time".
 */
export default broken(
  {
    family: 'clock-skew',
    remedy:
      "Keep clocks in step (NTP), allow a leeway of a minute or two, and log the ID token's times beside the current one.",
    on: 'idp',
    needs: ['id-token'],
    isolation: 'exclusive',
    stimulus: [logIn()],
  },
  {
    'fast-30s': { fault: clockFast({ by: '30s' }), expect: () => worksOnOrSaysWhy(cause) },
    'fast-5m': { fault: clockFast({ by: '5m' }), expect: () => worksOnOrSaysWhy(cause) },
    'fast-1h': { fault: clockFast({ by: '1h' }), expect: () => worksOnOrSaysWhy(cause) },
    'slow-30s': { fault: clockSlow({ by: '30s' }), expect: () => worksOnOrSaysWhy(cause) },
    'slow-5m': { fault: clockSlow({ by: '5m' }), expect: () => worksOnOrSaysWhy(cause) },
    'slow-2h': {
      fault: clockSlow({ by: '2h' }),
      expect: () => refusesWhatCame({ cause, by: openidCore.notExpired }),
    },
  },
);
