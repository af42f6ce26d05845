import { authorizationThirdParty } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('third-party', [authorizationThirdParty()], {
  summary: 'loads a style sheet of others',
  caughtBy: ['idp/login-page/third-parties'],
});
