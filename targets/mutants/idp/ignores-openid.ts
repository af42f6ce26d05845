import { misreadsScopeOpenid } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('ignores-openid', [misreadsScopeOpenid()], {
  summary: 'does not see openid in a scope',
  caughtBy: ['idp/scope-login/unknown-besides'],
});
