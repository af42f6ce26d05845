import { correct } from '../reference/gateway/parts.ts';
import { Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: ({ facts }, token, scheme) =>
    correct.render(
      new Refusal({ ...facts, says: facts.blame === 'caller' ? facts.says : facts.because }),
      token,
      scheme,
    ),
};

export default mutant('leaks-inner-address', parts, {
  summary: 'tells the caller which inner address failed',
  caughtBy: ['gateway/jwks-unreachable/refused'],
});
