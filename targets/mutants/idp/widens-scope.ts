import { decisionScopeWidened } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('widens-scope', [decisionScopeWidened()], {
  summary: 'grants a scope value more than was asked for',
  caughtBy: [
    'idp/scope/right',
    'idp/scope/part',
    'idp/scope/order',
    'idp/scope/value-twice',

    'idp/scope-refresh/same',
    'idp/scope-refresh/omitted',
    'idp/scope-login/right',
    'idp/scope-login/part',
    'idp/scope-login/wider-when-redeemed',
  ],
});
