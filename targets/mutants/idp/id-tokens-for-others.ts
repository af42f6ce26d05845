import { idTokenAudienceOtherClient } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('id-tokens-for-others', [idTokenAudienceOtherClient()], {
  summary: 'makes its ID tokens for another client',
  caughtBy: ['idp/id-token/audience'],
});
