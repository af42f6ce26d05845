import { mutant } from '../../chain/variant.ts';
import gateway from '../ends-without-its-key.ts';

export default mutant(
  'ending-gateway',
  { gateway },
  {
    summary: 'its gateway ends when a key is withdrawn',
    caughtBy: ['chain/keys/withdrawn-between-pages', 'chain/restart/jwt-between-pages'],
  },
);
