import { logoutTokenWhoMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-who', [logoutTokenWhoMissing()], {
  summary: 'does not say who has logged out',
  caughtBy: ['idp/logout/who'],
});
