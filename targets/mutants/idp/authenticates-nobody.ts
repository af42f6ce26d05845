import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('authenticates-nobody', [policyOff({ what: 'authenticatesClients' })], {
  summary: 'takes any client secret, or none',
  caughtBy: [
    'idp/client-authentication/wrong-secret',
    'idp/client-authentication/wrong-secret-in-form',
    'idp/client-authentication/secret-cut',
    'idp/client-authentication/empty-secret',
    'idp/client-authentication/secret-of-another',
  ],
});
