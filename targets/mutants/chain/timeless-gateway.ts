import { mutant } from '../../chain/variant.ts';
import gateway from '../skips-exp.ts';

export default mutant(
  'timeless-gateway',
  { gateway },
  {
    summary: 'its gateway takes tokens for ever',
    caughtBy: ['chain/tokens/expired'],
  },
);
