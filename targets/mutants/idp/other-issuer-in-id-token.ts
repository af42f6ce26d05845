import { onIdToken } from '../../../mocks/faults/idp/index.ts';
import { issuerOther } from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('other-issuer-in-id-token', [onIdToken(issuerOther())], {
  summary: 'names another issuer in its ID tokens',
  caughtBy: ['idp/id-token/issuer'],
});
