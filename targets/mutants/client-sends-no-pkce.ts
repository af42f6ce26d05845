import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  authorizationRequest: (pending, client) => {
    const { code_challenge: _, code_challenge_method: __, ...rest } = correct.authorizationRequest(pending, client);
    // An empty verifier counts as none (RFC 6749 §3.2).
    Object.assign(pending, { verifier: '' });
    return rest as ReturnType<typeof correct.authorizationRequest>;
  },
};

export default mutant('client-sends-no-pkce', parts, {
  summary: 'logs users in without PKCE',
  caughtBy: ['client/callback/uses-pkce'],
});
