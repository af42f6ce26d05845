import { errorIndiscreet } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'echoes-secrets',
  ({ clients }) => [errorIndiscreet({ text: `wrong: ${clients.other.secret}` })],
  {
    summary: 'says the secret again that was wrong',
    caughtBy: ['idp/client-authentication/secret-of-another', 'idp/client-authentication/wrong-secret'],
  },
);
