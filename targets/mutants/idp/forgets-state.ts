import { authorizationStateMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgets-state', [authorizationStateMissing()], {
  summary: 'does not return state',
  caughtBy: [
    'idp/request-method/authorization-post',
    'idp/authorization-request/denied',
    'idp/authorization-request/nobody-logged-in',
    'idp/authorization-request/response-type-unknown',
    'idp/authorization-parameters/unknown',
    'idp/authorization-parameters/empty-nonce',
    'idp/authorization-parameters/empty-response-mode',
    'idp/authorization-parameters/state-with-signs',
    'idp/authorization-parameters/state-long',
    'idp/authorization-response/right',
    'idp/authorization-response/issuer',
    'idp/authorization-response/response-type-missing',
    'idp/authorization-response/issuer-with-error',
    'idp/authorization-response/token-in-front',
    'idp/redirect-uri-native/any-port',
    'idp/redirect-uri-native/highest-port',
    'idp/redirect-uri-native/no-port',
  ],
});
