import { misreadsScheme } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('scheme-case-sensitive', [misreadsScheme()], {
  summary: 'knows Basic in one case only',
  caughtBy: ['idp/client-basic/scheme-in-lower-case', 'idp/client-basic/scheme-in-capitals'],
});
