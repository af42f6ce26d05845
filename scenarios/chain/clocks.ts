import { answers } from '../../harness/oracles/answers.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { clockFast, clockSlow } from '../../mocks/faults/idp/time/clock.ts';
import { broken } from './broken.ts';
import { failsAtClient, failsAtGateway, goesOnOrExplains } from './expectations.ts';

const cause = 'idp/clock-skew';
const invalidToken = [answers(401, 'invalid_token').by(rfc6750.shouldSayInvalidToken)];

/** One of three clocks is off: the hop that notices says so, and no other is blamed. */
export default broken(
  {
    family: 'clocks',
    remedy: 'Keep all clocks in step (NTP); whoever refuses a time logs it beside its own.',
    on: 'idp',
    needs: ['id-token'],
    isolation: 'exclusive',
  },
  {
    'idp-slow-2h': { fault: clockSlow({ by: '2h' }), expect: () => failsAtClient(cause) },
    'idp-fast-5m': { fault: clockFast({ by: '5m' }), expect: () => goesOnOrExplains('client', cause) },
    'client-fast-2h': {
      fault: clockFast({ by: '2h' }),
      on: 'client',
      needs: ['clock'],
      expect: () => failsAtClient('token/expired'),
    },
    'gateway-fast-2h': {
      fault: clockFast({ by: '2h' }),
      on: 'gateway',
      needs: ['jwt', 'clock'],
      expect: () => failsAtGateway({ cause: 'token/expired', signal: invalidToken }),
    },
    'gateway-slow-1h': {
      fault: clockSlow({ by: '1h' }),
      on: 'gateway',
      needs: ['jwt', 'clock'],
      expect: () => goesOnOrExplains('gateway', cause),
    },
  },
);
