import { idTokenAuthTimeMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgets-auth-time', [idTokenAuthTimeMissing()], {
  summary: 'does not say when its user logged in',
  caughtBy: ['idp/id-token/auth-time'],
});
