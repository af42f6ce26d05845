import { jwksDuplicateKid } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('two-keys-one-name', [jwksDuplicateKid()], {
  summary: 'gives two keys one kid',
  caughtBy: ['idp/documents/keys-apart'],
});
