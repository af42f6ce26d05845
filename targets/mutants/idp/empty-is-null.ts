import { misreadsEmpty } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('empty-is-null', [misreadsEmpty()], {
  summary: 'takes no value for the word null',
  caughtBy: [
    'idp/client-basic/empty-secret-besides',
    'idp/request-encoding/empty-unneeded',
    'idp/authorization-parameters/empty-response-mode',
  ],
});
