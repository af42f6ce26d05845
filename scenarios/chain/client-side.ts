import * as idp from '../../mocks/faults/idp/index.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import { expiredCertificate } from '../../mocks/faults/links/tls/index.ts';
import { broken } from './broken.ts';
import { failsAtClient } from './expectations.ts';

/** What is broken lies before the client or between it and the gateway: the client says so, and blames nobody behind. */
export default [
  ...broken(
    {
      family: 'client-side',
      remedy:
        'The client logs which party it could not reach or trust, and why, and tells its user that the login failed.',
      on: 'client→idp',
      isolation: 'exclusive',
    },
    {
      'idp-out-of-reach': { fault: refused(), expect: failsAtClient },
      'idp-certificate-expired': { fault: expiredCertificate(), expect: failsAtClient },
      'secret-rotated': { fault: idp.tokenInvalidClient(), on: 'idp', at: 'token', expect: failsAtClient },
    },
  ),
  ...broken(
    {
      family: 'client-side',
      remedy:
        'The client logs that the API (its gateway) could not be reached, and never sends its user to log in again for it.',
      on: 'client→gateway',
      isolation: 'exclusive',
    },
    {
      'gateway-out-of-reach': {
        fault: refused({ cause: 'gateway/upstream' }),
        expect: () => failsAtClient('network/blocked'),
      },
      'gateway-certificate-expired': {
        fault: expiredCertificate({ cause: 'idp/tls-certificate' }),
        expect: failsAtClient,
      },
    },
  ),
];
