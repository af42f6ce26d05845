import { authorizationIssuerOther } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('other-iss', [authorizationIssuerOther()], {
  summary: 'sends the iss of another issuer',
  caughtBy: ['idp/authorization-response/issuer-with-error', 'idp/authorization-response/issuer'],
});
