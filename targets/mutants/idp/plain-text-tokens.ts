import { tokenContentTypeOther } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('plain-text-tokens', [tokenContentTypeOther()], {
  summary: 'calls its token answers plain text',
  caughtBy: [
    'idp/request-headers/accept-xml',
    'idp/code/right',
    'idp/client-basic/client-id-besides',
    'idp/client-basic/id-empty',
    'idp/client-basic/no-colon',
    'idp/client-basic/percent-broken',
    'idp/client-basic/nothing-follows',
    'idp/client-basic/no-base64',
    'idp/client-basic/other-scheme',
    'idp/client-type/public-code',
    'idp/request-encoding/accept-html',
    'idp/request-encoding/accept-html-refused',
    'idp/request-encoding/accept-missing',
  ],
});
