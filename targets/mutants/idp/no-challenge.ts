import { errorChallengeMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('no-challenge', [errorChallengeMissing()], {
  summary: 'answers 401 without WWW-Authenticate',
  caughtBy: [
    'idp/client-authentication/wrong-secret',
    'idp/client-authentication/secret-in-capitals',
    'idp/client-authentication/secret-and-more',
    'idp/client-basic/unknown-client',
  ],
});
