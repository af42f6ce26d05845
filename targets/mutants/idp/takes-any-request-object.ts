import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('takes-any-request-object', [policyOff({ what: 'verifiesRequestObjects' })], {
  summary: 'takes a request object as it comes',
  caughtBy: [
    'idp/request-uri/signature-wrong',
    'idp/request-uri/claims-changed',
    'idp/request-uri/key-foreign',
    'idp/request-uri/public-key-as-secret',
    'idp/request-uri/alg-unregistered',
    'idp/request-uri/alg-none',
    'idp/request-uri/client-other',
    'idp/request-uri/audience-other',
    'idp/request-uri/expired',
  ],
});
