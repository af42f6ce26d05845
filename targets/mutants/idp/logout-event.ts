import { logoutTokenEventString } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-event', [logoutTokenEventString()], {
  summary: 'says in a string that somebody has logged out',
  caughtBy: ['idp/logout/event'],
});
