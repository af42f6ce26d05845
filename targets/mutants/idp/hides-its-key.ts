import { keysUnpublished } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('hides-its-key', [keysUnpublished()], {
  summary: 'signs with a key that it does not publish',
  caughtBy: ['idp/id-token/key'],
});
