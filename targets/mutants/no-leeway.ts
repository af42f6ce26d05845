import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIssuedAt: (claims, gateway) =>
    correct.checkIssuedAt(claims, { ...gateway, limits: { ...gateway.limits, leeway: 0 } }),
};

export default mutant('no-leeway', parts, {
  summary: 'grants no leeway where 5 s are declared',
  caughtBy: ['gateway/clock-skew/within-leeway'],
});
