import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkExpiry: (claims, gateway) => correct.checkExpiry({ ...claims, exp: Number(claims.exp) }, gateway),
};

export default mutant('parses-exp-leniently', parts, {
  summary: 'takes an exp that is text',
  caughtBy: ['gateway/token-expired/numeric-string'],
});
