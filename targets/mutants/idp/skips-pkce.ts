import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('skips-pkce', [policyOff({ what: 'verifiesPkce' })], {
  summary: 'never compares code_verifier',
  caughtBy: [
    'idp/code/verifier-wrong',
    'idp/code/verifier-missing',
    'idp/pkce/public-verifier-missing',
    'idp/pkce/verifier-empty',
    'idp/pkce/verifier-of-another-code',
    'idp/pkce/challenge-as-verifier',
    'idp/pkce/verifier-unasked',
  ],
});
