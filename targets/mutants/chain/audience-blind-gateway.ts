import { mutant } from '../../chain/variant.ts';
import gateway from '../ignores-audience.ts';

export default mutant(
  'audience-blind-gateway',
  { gateway },
  {
    summary: 'its gateway takes tokens for any API',
    caughtBy: ['chain/tokens/audience-other'],
  },
);
