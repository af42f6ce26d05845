import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

const depth = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;

export const parts: typeof correct = {
  ...correct,
  parseToken: (token, gateway) => {
    const jwt = correct.parseToken(token, gateway);
    if (depth(jwt?.claims) > 512) throw new Error('maximum stack depth exceeded');
    return jwt;
  },
};

export default mutant('parses-to-a-depth', parts, {
  summary: 'answers 500 when the claims are nested too deep for its parser',
  caughtBy: ['gateway/token-malformed/deep-nesting'],
});
