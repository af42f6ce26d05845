import { failure } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

const known = new Set(['sub', 'name', 'given_name', 'family_name', 'preferred_username', 'email', 'email_verified']);

export const parts: typeof correct = {
  ...correct,
  readUserInfo: (document) => {
    const claims = correct.readUserInfo(document);
    const odd = Object.keys(claims).find((name) => !known.has(name) && name.startsWith('x-'));
    if (odd === undefined && claims.name !== undefined) return claims;
    const what = odd === undefined ? 'name is missing' : `${odd} is not known`;
    throw failure('invalid_userinfo', `the UserInfo is not usable: ${what}`, `malformed UserInfo: ${what}`);
  },
};

export default mutant('client-strict-userinfo', parts, {
  summary: 'wants a name in UserInfo, and nothing that it does not know',
  caughtBy: ['client/userinfo/claims-missing', 'client/userinfo/unknown-claim'],
});
