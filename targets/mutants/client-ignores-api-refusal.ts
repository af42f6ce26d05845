import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  callApi: async (url, token, client) => {
    await correct.callApi(url, token, client);
    return { status: 200 };
  },
};

export default mutant('client-ignores-api-refusal', parts, {
  summary: 'reports its work as done although the API refused the call',
  caughtBy: ['client/token-revoked/grant'],
});
