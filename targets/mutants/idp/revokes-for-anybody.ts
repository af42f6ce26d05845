import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('revokes-for-anybody', [policyOff({ what: 'bindsRevocation' })], {
  summary: 'revokes a token for whoever has it',
  caughtBy: [
    'idp/revocation/of-another-client',
    'idp/revocation/survives-another-client',
    'idp/revocation/refresh-survives-another-client',
  ],
});
