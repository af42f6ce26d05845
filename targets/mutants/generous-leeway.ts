import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkExpiry: (claims, gateway) =>
    correct.checkExpiry(claims, { ...gateway, limits: { ...gateway.limits, leeway: 3_600_000 } }),
};

export default mutant('generous-leeway', parts, {
  summary: 'grants an expired token an hour where 5 s are declared',
  caughtBy: ['gateway/token-expired/by-10m'],
});
