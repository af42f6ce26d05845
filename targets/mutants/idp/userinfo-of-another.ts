import { userinfoSubjectOther } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('userinfo-of-another', [userinfoSubjectOther()], {
  summary: 'tells of another user at UserInfo',
  caughtBy: ['idp/id-token/userinfo'],
});
