import { onLogoutToken } from '../../../mocks/faults/idp/index.ts';
import * as token from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-issuer', [onLogoutToken(token.issuerOther())], {
  summary: 'names another issuer in logout tokens',
  caughtBy: ['idp/logout/issuer', 'idp/logout/signed'],
});
