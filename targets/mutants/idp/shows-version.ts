import { authorizationVersionShown, errorVersionShown } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('shows-version', [authorizationVersionShown(), errorVersionShown()], {
  summary: 'shows its version',
  caughtBy: [
    'idp/hygiene/version-with-error',
    'idp/hygiene/version-on-page',
    'idp/hygiene/json-broken',
    'idp/hygiene/form-broken',
    'idp/hygiene/form-not-utf-8',
    'idp/hygiene/form-nested',
    'idp/hygiene/form-with-nul',
    'idp/hygiene/form-huge',
    'idp/hygiene/parameters-many',
  ],
});
