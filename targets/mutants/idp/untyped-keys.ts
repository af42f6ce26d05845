import { jwksKeyTypeMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('untyped-keys', [jwksKeyTypeMissing()], {
  summary: 'does not say of what type a key is',
  caughtBy: ['idp/documents/keys-typed'],
});
