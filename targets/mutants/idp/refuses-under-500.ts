import { authorizationRefusedUnder500 } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('refuses-under-500', [authorizationRefusedUnder500()], {
  summary: 'answers authorization requests that it refuses with status 500',
  caughtBy: [
    'idp/request-uri/no-jwt',
    'idp/request-uri/status-404',
    'idp/request-uri/html-page',
    'idp/redirect-uri/twice',
    'idp/redirect-uri/encoded-twice',
    'idp/redirect-uri/newline',
    'idp/redirect-uri/relative',
  ],
});
