import { mutant } from '../../chain/variant.ts';
import gateway from '../caches-introspection.ts';

export default mutant(
  'caching-gateway',
  { gateway, opaque: true },
  {
    summary: 'its gateway keeps what the IdP said about a token',
    caughtBy: ['chain/revocation/between-two-pages'],
  },
);
