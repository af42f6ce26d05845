import { idTokenSubjectLong } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('long-subjects', [idTokenSubjectLong()], {
  summary: 'names users by 256 characters',
  caughtBy: ['idp/id-token/subject', 'idp/id-token/userinfo'],
});
