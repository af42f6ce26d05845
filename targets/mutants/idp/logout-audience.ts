import { onLogoutToken } from '../../../mocks/faults/idp/index.ts';
import * as token from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-audience', [onLogoutToken(token.audienceOther())], {
  summary: 'makes logout tokens for another client',
  caughtBy: ['idp/logout/audience', 'idp/logout/signed'],
});
