import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('any-scope', [policyOff({ what: 'limitsScopes' })], {
  summary: 'lets any client ask for any scope',
  caughtBy: ['idp/scope/not-of-this-client', 'idp/scope/more-than-this-client'],
});
