import { correct } from '../reference/gateway/parts.ts';
import { badRequest } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, gateway) => {
    const choice = await correct.chooseKeys(jwt, gateway);
    if (choice.keys.length > 1) throw badRequest('two keys have the same kid');
    return choice;
  },
};

export default mutant('blames-request-for-keys', parts, {
  summary: 'answers 400 when two keys of its IdP have the same kid',
  caughtBy: ['gateway/jwks-document/duplicate-kid'],
});
