import { authorizationIssuerMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgets-iss', [authorizationIssuerMissing()], {
  summary: 'promises iss and does not send it',
  caughtBy: ['idp/authorization-response/issuer-with-error', 'idp/authorization-response/issuer'],
});
