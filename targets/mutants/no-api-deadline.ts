import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  forward: (request, claims, gateway) =>
    correct.forward(request, claims, { ...gateway, limits: { ...gateway.limits, apiDeadline: 86_400_000 } }),
};

export default mutant('no-api-deadline', parts, {
  summary: 'waits for the API without a deadline',
  caughtBy: ['gateway/upstream/hangs'],
});
