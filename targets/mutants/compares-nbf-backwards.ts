import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkNotBefore: ({ nbf }, { wiring }) => {
    if (Number(nbf) * 1000 < wiring.clock.now()) throw invalidToken('token not yet valid');
  },
};

export default mutant('compares-nbf-backwards', parts, {
  summary: 'takes a token until nbf, and not from then on',
  caughtBy: ['gateway/token-not-yet-valid/past'],
});
