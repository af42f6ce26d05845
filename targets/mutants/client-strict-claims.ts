import { badIdToken } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

const known = new Set('iss sub aud exp iat nbf auth_time nonce acr amr azp at_hash c_hash s_hash sid jti'.split(' '));

export const parts: typeof correct = {
  ...correct,
  checkIdAuthorizedParty: (claims, client) => {
    correct.checkIdAuthorizedParty(claims, client);
    const unknown = Object.keys(claims).find((name) => !known.has(name));
    if (unknown !== undefined) throw badIdToken('unknown claim', 'unexpected claim');
  },
};

export default mutant('client-strict-claims', parts, {
  summary: 'refuses an ID token with a claim that it does not know',
  caughtBy: ['client/id-token-claims/unknown-claim', 'client/id-token-claims/namespaced-claims'],
});
