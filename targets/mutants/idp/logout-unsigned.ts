import { onLogoutToken } from '../../../mocks/faults/idp/index.ts';
import * as token from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-unsigned', [onLogoutToken(token.algorithmNone({ casing: 'lower' }))], {
  summary: 'does not sign logout tokens',
  caughtBy: ['idp/logout/signed'],
});
