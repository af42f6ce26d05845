import { authorizationErrorServerError } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('says-server-error', [authorizationErrorServerError()], {
  summary: 'calls every error of an authorization request server_error',
  caughtBy: ['idp/authorization-parameters/empty-response-type', 'idp/authorization-request/nobody-logged-in'],
});
