import { correct } from '../reference/client/parts.ts';
import type { Tokens } from '../reference/client/token-endpoint.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  requestTokens: async (grant, client) => {
    const tokens = await correct.requestTokens(grant, client);
    return { ...tokens, refresh: tokens.refresh } as Tokens;
  },
};

export default mutant('client-forgets-refresh-token', parts, {
  summary: 'forgets its refresh token when a refresh brings no new one',
  caughtBy: ['client/refresh/none-new'],
});
