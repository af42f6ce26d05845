import { authorizationReferrerPolicyMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('tells-referrer', [authorizationReferrerPolicyMissing()], {
  summary: 'sends its pages without a Referrer-Policy',
  caughtBy: ['idp/hygiene/referrer'],
});
