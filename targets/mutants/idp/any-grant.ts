import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('any-grant', [policyOff({ what: 'limitsGrants' })], {
  summary: 'lets any client use any grant',
  caughtBy: ['idp/client-type/public-client-credentials'],
});
