import { mutant } from '../../chain/variant.ts';
import gateway from '../silent.ts';

export default mutant(
  'silent-gateway',
  { gateway },
  {
    summary: 'its gateway prints nothing',
    caughtBy: [
      'chain/tokens/audience-other',
      'chain/tokens/scope-missing',
      'chain/tokens/expired',
      'chain/gateway-side/api-down',
      'chain/gateway-side/keys-out-of-reach',
      'chain/gateway-side/certificate-expired',
      'chain/gateway-side/name-unknown',
      'chain/clocks/gateway-fast-2h',
      'chain/clocks/gateway-slow-1h',
      'chain/gateway-side/api-hangs',
    ],
  },
);
