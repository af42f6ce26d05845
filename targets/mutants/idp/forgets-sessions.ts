import { sessionGone } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgets-sessions', [sessionGone()], {
  summary: 'forgets at once who has logged in',
  caughtBy: ['idp/session/silent'],
});
