import { correct } from '../reference/gateway/parts.ts';
import { Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: ({ facts }, token) => correct.render(new Refusal({ ...facts, says: 'refused' }), token),
};

export default mutant('vague-to-caller', parts, {
  summary: 'tells the caller nothing but that the request is refused',
  caughtBy: ['gateway/token-expired/by-10m'],
});
