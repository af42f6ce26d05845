import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIssuedAt: ({ iat }, gateway) => {
    const age = gateway.wiring.clock.now() - Number(iat) * 1000;
    if (Math.abs(age) > 20_000) gateway.end('ended: the clock is wrong');
  },
};

export default mutant('ends-when-clocks-differ', parts, {
  summary: 'ends when a token is not from now by its clock',
  caughtBy: ['gateway/clock-skew/slow-30s', 'gateway/own-clock/fast-30s'],
});
