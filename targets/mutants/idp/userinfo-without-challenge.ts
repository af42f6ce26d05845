import { userinfoChallengeMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('userinfo-without-challenge', [userinfoChallengeMissing()], {
  summary: 'refuses at UserInfo without WWW-Authenticate',
  caughtBy: [
    'idp/userinfo/no-token',
    'idp/userinfo/garbage',
    'idp/userinfo/cut-short',
    'idp/userinfo/id-token',
    'idp/userinfo/refresh-token',
    'idp/userinfo/without-openid',
  ],
});
