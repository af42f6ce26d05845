import { failure } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  requestTokens: async (grant, client) => {
    try {
      return await correct.requestTokens(grant, client);
    } catch (error) {
      if (grant.parameters.grant_type !== 'refresh_token') throw error;
      throw failure('invalid_grant', 'log in again', 'refresh failed');
    }
  },
};

export default mutant('client-ends-sessions-early', parts, {
  summary: 'ends a session when a refresh fails, whatever the reason',
  caughtBy: ['client/refresh/unavailable'],
});
