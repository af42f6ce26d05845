import { userinfoTokenRefused } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('userinfo-for-nobody', [userinfoTokenRefused()], {
  summary: 'refuses every token at UserInfo',
  caughtBy: ['idp/userinfo/right', 'idp/userinfo/by-post'],
});
