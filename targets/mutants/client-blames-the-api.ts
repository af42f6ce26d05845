import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  callApi: async (url, token, client) => {
    const answer = await correct.callApi(url, token, client);
    return answer.status === 401 ? { status: 500 } : answer;
  },
};

export default mutant('client-blames-the-api', parts, {
  summary: 'takes an API that refuses its token for one that is broken',
  caughtBy: ['client/token-revoked/access-token'],
});
