import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkRequired: () => {} };

export default mutant('ignores-required-claims', parts, {
  summary: 'takes a token without sub, client_id and jti',
  caughtBy: ['gateway/token-malformed/sub-missing'],
});
