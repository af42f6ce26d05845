import { misreadsBasic } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('basic-not-decoded', [misreadsBasic()], {
  summary: 'does not form-decode Basic',
  caughtBy: ['idp/client-authentication/basic-encoded'],
});
