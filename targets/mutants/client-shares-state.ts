import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

const everybodys = { state: 'state', nonce: 'nonce', verifier: 'v'.repeat(43) };
export const parts: typeof correct = { ...correct, newLogin: () => everybodys };

export default mutant('client-shares-state', parts, {
  summary: 'gives every login the same state, nonce and verifier',
  caughtBy: ['client/callback/of-other-session'],
});
