import { authorizationStateDecoded } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('decodes-state', [authorizationStateDecoded()], {
  summary: 'decodes state once too often',
  caughtBy: ['idp/authorization-parameters/state-with-signs'],
});
