import { metadataResponseTypesMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('names-no-response-types', [metadataResponseTypesMissing()], {
  summary: 'does not say which response types it knows',
  caughtBy: ['idp/documents/required-members', 'idp/documents/response-types'],
});
