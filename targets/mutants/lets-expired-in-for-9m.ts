import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkExpiry: (claims, gateway) =>
    correct.checkExpiry(claims, { ...gateway, limits: { ...gateway.limits, leeway: 540_000 } }),
};

export default mutant('lets-expired-in-for-9m', parts, {
  summary: 'grants an expired token nine minutes where 5 s are declared',
  caughtBy: ['gateway/leeway/measured'],
});
