import { mutant } from '../../chain/variant.ts';
import client from '../client-generic-log.ts';

export default mutant(
  'generic-client',
  { client },
  {
    summary: 'its client says no more than that something failed',
    caughtBy: [
      'chain/client-side/idp-out-of-reach',
      'chain/client-side/secret-rotated',
      'chain/client-side/idp-certificate-expired',
      'chain/client-side/gateway-out-of-reach',
      'chain/client-side/gateway-certificate-expired',
      'chain/clocks/idp-slow-2h',
      'chain/clocks/client-fast-2h',
      'chain/clocks/idp-fast-5m',
    ],
  },
);
