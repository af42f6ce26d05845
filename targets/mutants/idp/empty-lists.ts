import { metadataScopesEmpty } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('empty-lists', [metadataScopesEmpty()], {
  summary: 'has a list without an element in its metadata',
  caughtBy: ['idp/documents/empty-lists'],
});
