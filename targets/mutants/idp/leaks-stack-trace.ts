import { errorIndiscreet } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('leaks-stack-trace', [errorIndiscreet()], {
  summary: 'answers errors with a stack trace',
  caughtBy: ['idp/client-authentication/wrong-secret', 'idp/client-authentication/two-methods'],
});
