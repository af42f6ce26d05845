import { onLogoutToken } from '../../../mocks/faults/idp/index.ts';
import * as token from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-id', [onLogoutToken(token.claimMissing({ claim: 'jti' }))], {
  summary: 'makes logout tokens without jti',
  caughtBy: ['idp/logout/id'],
});
