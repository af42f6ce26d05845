import { idpParties } from '../../../harness/stage/idp/wiring.ts';
import { errorIndiscreet } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('echoes-secrets', [errorIndiscreet({ text: `wrong: ${idpParties.clients.other.secret}` })], {
  summary: 'says the secret again that was wrong',
  caughtBy: ['idp/client-authentication/secret-of-another', 'idp/client-authentication/wrong-secret'],
});
