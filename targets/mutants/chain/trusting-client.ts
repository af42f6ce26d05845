import { mutant } from '../../chain/variant.ts';
import client from '../client-trusts-any-certificate.ts';

export default mutant(
  'trusting-client',
  { client },
  {
    summary: 'its client trusts any certificate',
    caughtBy: ['chain/client-side/idp-certificate-expired'],
  },
);
