import { ignoresCodeChallenge, policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('downgrades-pkce', [ignoresCodeChallenge(), policyOff({ what: 'verifiesPkce' })], {
  summary: 'drops code_challenge, as if the client had not sent it',
  caughtBy: ['idp/pkce/verifier-of-another-code', 'idp/pkce/challenge-as-verifier'],
});
