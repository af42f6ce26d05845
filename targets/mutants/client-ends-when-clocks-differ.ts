import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIdIssuedAt: ({ iat }, client) => {
    const age = client.wiring.clock.now() - Number(iat) * 1000;
    if (Math.abs(age) > 20_000) client.end('ended: the clock is wrong');
  },
};

export default mutant('client-ends-when-clocks-differ', parts, {
  summary: 'ends when an ID token is not from now by its clock',
  caughtBy: ['client/own-clock/fast-30s'],
});
