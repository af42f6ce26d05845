import { outgoingNone } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('tells-no-client', [outgoingNone()], {
  summary: 'makes no requests of its own, though it says so',
  caughtBy: [
    'idp/logout/told',
    'idp/private-key-jwt/right',
    'idp/private-key-jwt/without-client-id',
    'idp/private-key-jwt/audience-in-list',
    'idp/request-uri/right',
  ],
});
