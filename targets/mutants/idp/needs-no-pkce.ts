import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('needs-no-pkce', [policyOff({ what: 'demandsPkce' })], {
  summary: 'lets public clients do without PKCE',
  caughtBy: ['idp/pkce/no-challenge'],
});
