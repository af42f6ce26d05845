import { authorizationStateTwiceLast } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('repeats-state', [authorizationStateTwiceLast()], {
  summary: 'returns state, and another one besides',
  caughtBy: ['idp/authorization-response/right', 'idp/authorization-parameters/state-long'],
});
