import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgets-revocation', [policyOff({ what: 'heedsRevocation' })], {
  summary: 'answers 200 to a revocation and forgets it',
  caughtBy: [
    'idp/revoked/introspected',
    'idp/revoked/at-userinfo',
    'idp/revoked/refreshed',
    'idp/revocation/hint-unknown',
    'idp/revocation/hint-wrong',
    'idp/revocation/cascades',
  ],
});
