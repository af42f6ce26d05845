import { mutant } from '../../chain/variant.ts';
import gateway from '../silent.ts';

export default mutant(
  'silent-opaque-gateway',
  { gateway, opaque: true },
  {
    summary: 'its gateway prints nothing',
    caughtBy: [
      'chain/revocation/between-two-pages',
      'chain/restart/opaque-between-pages',
      'chain/gateway-side/introspection-secret-rotated',
      'chain/gateway-side/introspection-down',
      'chain/gateway-side/introspection-rate-limited',
    ],
  },
);
