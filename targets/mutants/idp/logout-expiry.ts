import { onLogoutToken } from '../../../mocks/faults/idp/index.ts';
import * as token from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-expiry', [onLogoutToken(token.expiryMissing())], {
  summary: 'makes logout tokens that never expire',
  caughtBy: ['idp/logout/expiry'],
});
