import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  requestTokens: async (grant, client) => {
    const { refresh, ...tokens } = await correct.requestTokens(grant, client);
    return refresh === undefined || grant.parameters.grant_type === 'refresh_token' ? tokens : { ...tokens, refresh };
  },
};

export default mutant('client-keeps-old-refresh-token', parts, {
  summary: 'goes on with the first refresh token, whatever comes',
  caughtBy: ['client/refresh/rotated'],
});
