import { mutant } from '../../chain/variant.ts';
import gateway from '../blames-the-caller.ts';

export default mutant(
  'blaming-gateway',
  { gateway },
  {
    summary: "its gateway blames the caller's token for what lies behind it",
    caughtBy: ['chain/gateway-side/keys-out-of-reach', 'chain/gateway-side/certificate-expired'],
  },
);
