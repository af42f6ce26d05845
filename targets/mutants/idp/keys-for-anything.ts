import { jwksUseMixed } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('keys-for-anything', [jwksUseMixed()], {
  summary: 'does not say which of its keys are for signatures',
  caughtBy: ['idp/documents/keys-used'],
});
