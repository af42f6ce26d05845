import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  parseToken: (token, gateway) => {
    const jwt = correct.parseToken(token, gateway);
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    if (jwt && JSON.stringify(jwt.claims).length < payload.length) throw new Error('a member is there already');
    return jwt;
  },
};

export default mutant('trips-over-duplicates', parts, {
  summary: 'answers 500 to a token with a claim that is there twice',
  caughtBy: ['gateway/token-malformed/duplicate-claim'],
});
