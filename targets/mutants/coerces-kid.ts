import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  parseToken: (token, gateway) => {
    const jwt = correct.parseToken(token, gateway);
    return jwt && { ...jwt, header: { ...jwt.header, ...('kid' in jwt.header && { kid: String(jwt.header.kid) }) } };
  },
};

export default mutant('coerces-kid', parts, {
  summary: 'takes a kid that is an array for the text in it',
  caughtBy: ['gateway/token-key-id/array'],
});
