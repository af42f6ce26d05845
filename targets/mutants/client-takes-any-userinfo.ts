import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkUserInfo: () => {} };

export default mutant('client-takes-any-userinfo', parts, {
  summary: 'logs in whoever UserInfo is about, whatever the ID token says',
  caughtBy: [
    'client/userinfo/sub-other',
    'client/userinfo/sub-array-first',
    'client/userinfo/sub-array-last',
    'client/userinfo/sub-twice-last',
  ],
});
