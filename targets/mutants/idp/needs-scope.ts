import {
  authorizationErrorServerError,
  errorInvalidRequestForInvalidScope,
  misreadsScopeMissing,
  misreadsScopeUnasked,
} from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'needs-scope',
  [
    misreadsScopeMissing(),
    misreadsScopeUnasked(),
    errorInvalidRequestForInvalidScope(),
    authorizationErrorServerError(),
  ],
  {
    summary: 'has no default scope and no words for that',
    caughtBy: [
      'idp/scope/omitted',
      'idp/scope/empty',
      'idp/scope-login/unknown',
      'idp/scope-login/malformed',
      'idp/scope-login/omitted',
      'idp/scope-login/empty',
    ],
  },
);
