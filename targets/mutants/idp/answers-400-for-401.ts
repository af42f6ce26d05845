import { errorStatus400For401 } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('answers-400-for-401', [errorStatus400For401()], {
  summary: 'answers 400 to clients that are not who they say',
  caughtBy: [
    'idp/client-authentication/wrong-secret',
    'idp/client-authentication/secret-in-capitals',
    'idp/client-authentication/secret-and-more',
    'idp/client-basic/unknown-client',
  ],
});
