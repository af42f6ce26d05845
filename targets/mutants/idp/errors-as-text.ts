import { errorText } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('errors-as-text', [errorText()], {
  summary: 'answers errors with a line of text',
  caughtBy: [
    'idp/private-key-jwt/missing',
    'idp/client-authentication/wrong-secret',
    'idp/client-authentication/unknown-client',
    'idp/client-authentication/no-secret',
    'idp/client-authentication/secret-in-url',
    'idp/code/cut-short',
    'idp/client-authentication/secret-with-newline',
    'idp/client-authentication/secret-with-spaces',
    'idp/client-authentication/nothing',
    'idp/client-authentication/unknown-client-in-form',
    'idp/client-authentication/method-not-registered',
    'idp/client-assertion/missing',
    'idp/client-assertion/type-other',
    'idp/client-type/public-with-secret',
    'idp/revocation/without-authentication',
    'idp/introspection/without-secret',
  ],
});
