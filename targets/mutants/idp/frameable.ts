import { authorizationFrameable } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('frameable', [authorizationFrameable()], {
  summary: 'lets anybody frame its pages',
  caughtBy: ['idp/login-page/frames'],
});
