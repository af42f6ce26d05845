import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('codes-for-ever', [policyOff({ what: 'codesSingleUse' })], {
  summary: 'takes a code as often as it comes',
  caughtBy: ['idp/code/twice', 'idp/code-race/parallel'],
});
