import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIdExpiry: (claims, client) =>
    correct.checkIdExpiry(claims, { ...client, limits: { ...client.limits, leeway: 540_000 } }),
};

export default mutant('client-generous-leeway', parts, {
  summary: 'grants an expired ID token nine minutes where 5 s are declared',
  caughtBy: ['client/leeway/measured'],
});
