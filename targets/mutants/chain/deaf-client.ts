import { mutant } from '../../chain/variant.ts';
import client from '../client-ignores-api-refusal.ts';

export default mutant(
  'deaf-client',
  { client },
  {
    summary: 'its client takes a refusal of the API for success',
    caughtBy: ['chain/tokens/audience-other', 'chain/gateway-side/api-down'],
  },
);
