import { errorStatus500For400 } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('errors-under-500', [errorStatus500For400()], {
  summary: 'answers bad requests with status 500',
  caughtBy: [
    'idp/request-encoding/content-type-json',
    'idp/request-encoding/content-type-text',
    'idp/request-encoding/content-type-missing',
    'idp/request-encoding/parameter-twice',
    'idp/request-encoding/empty-body',
    'idp/client-authentication/two-methods',
    'idp/client-authentication/two-clients',
    'idp/client-authentication/two-fields',
    'idp/request-encoding/body-json',
    'idp/request-encoding/body-multipart',
    'idp/code/garbage',
    'idp/code/missing',
    'idp/code/as-a-refresh-token',
    'idp/pkce/verifier-short',
    'idp/grants/missing',
    'idp/grants/empty',
    'idp/refresh/cut-short',
    'idp/refresh/garbage',
    'idp/refresh/missing',
    'idp/refresh/access-token',
    'idp/revocation/token-missing',
    'idp/introspection/token-missing',
  ],
});
