import { authorizationSplit } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('splits-heads', [authorizationSplit()], {
  summary: 'lets a line end in state begin a field',
  caughtBy: ['idp/sanitising/field-in-state', 'idp/sanitising/field-in-state-of-error'],
});
