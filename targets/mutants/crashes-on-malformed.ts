import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  parseToken: (token, gateway) => {
    try {
      return correct.parseToken(token, gateway);
    } catch (error) {
      gateway.end('exited with code 1: SyntaxError: Unexpected end of JSON input');
      throw error;
    }
  },
};

export default mutant('crashes-on-malformed', parts, {
  summary: 'dies of a token that cannot be parsed',
  caughtBy: ['gateway/token-malformed/header-not-json', 'gateway/token-malformed/payload-not-json'],
});
