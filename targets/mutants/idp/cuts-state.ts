import { authorizationStateCut } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('cuts-state', [authorizationStateCut()], {
  summary: 'cuts state after 32 characters',
  caughtBy: ['idp/authorization-parameters/state-long'],
});
