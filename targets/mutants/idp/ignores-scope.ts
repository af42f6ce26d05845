import { ignoresScope } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('ignores-scope', [ignoresScope()], {
  summary: 'gives all that a client may have, whatever scope it asks for',
  caughtBy: ['idp/scope-refresh/narrower'],
});
