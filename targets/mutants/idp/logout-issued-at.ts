import { onLogoutToken } from '../../../mocks/faults/idp/index.ts';
import * as token from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-issued-at', [onLogoutToken(token.issuedAtMissing())], {
  summary: 'does not say when a logout token was made',
  caughtBy: ['idp/logout/issued-at'],
});
