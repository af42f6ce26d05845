import { tokenContentTypeOther } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('plain-text-tokens', [tokenContentTypeOther()], {
  summary: 'calls its token answers plain text',
  caughtBy: ['idp/code/right'],
});
