import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgets-refresh-scope', [policyOff({ what: 'keepsRefreshScope' })], {
  summary: 'gives the next refresh token no more scope than was asked for with the last one',
  caughtBy: ['idp/scope-refresh/narrower-then-whole'],
});
