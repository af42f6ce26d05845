import { authorizationCookiesUnguarded } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('bare-cookies', [authorizationCookiesUnguarded()], {
  summary: 'sets cookies without their attributes',
  caughtBy: ['idp/hygiene/cookies-secure', 'idp/hygiene/cookies-http-only', 'idp/hygiene/cookies-same-site'],
});
