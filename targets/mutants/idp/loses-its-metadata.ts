import { discoveryNotFound } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('loses-its-metadata', [{ fault: discoveryNotFound(), schedule: { when: 'every', nth: 2 } }], {
  summary: 'has its metadata every other time',
  caughtBy: ['idp/documents/metadata-form'],
});
