import { errorUnauthorizedClientForInvalidClient } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('says-unauthorized-client', [errorUnauthorizedClientForInvalidClient()], {
  summary: 'calls invalid_client unauthorized_client',
  caughtBy: [
    'idp/own-clock/assertion-slow',
    'idp/client-authentication/wrong-secret',
    'idp/client-authentication/wrong-secret-in-form',
    'idp/client-assertion/signature-wrong',
  ],
});
