import { misreadsContentType } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('takes-any-content-type', [{ fault: misreadsContentType(), at: 'token' }], {
  summary: 'takes any body for a form',
  caughtBy: [
    'idp/request-encoding/content-type-json',
    'idp/request-encoding/content-type-text',
    'idp/request-encoding/content-type-missing',
  ],
});
