import { metadataIdTokenAlgorithmsOther } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('without-rs256', [metadataIdTokenAlgorithmsOther()], {
  summary: 'does not offer RS256',
  caughtBy: ['idp/documents/rs256'],
});
