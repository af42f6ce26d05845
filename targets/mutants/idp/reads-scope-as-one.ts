import { misreadsScopeList } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('reads-scope-as-one', [misreadsScopeList()], {
  summary: 'takes a list of scope values for one value',
  caughtBy: ['idp/scope/right', 'idp/scope/order', 'idp/scope-refresh/same'],
});
