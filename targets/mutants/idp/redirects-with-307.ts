import { authorizationRedirect307 } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('redirects-with-307', [authorizationRedirect307()], {
  summary: 'answers the login form with 307',
  caughtBy: ['idp/login-page/password'],
});
