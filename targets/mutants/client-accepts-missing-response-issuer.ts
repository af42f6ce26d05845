import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkResponseIssuer: (response, metadata, client) => {
    if (response.has('iss')) correct.checkResponseIssuer(response, metadata, client);
  },
};

export default mutant('client-accepts-missing-response-issuer', parts, {
  summary: 'takes an authorization response without iss, though the metadata promises it',
  caughtBy: ['client/response-issuer/missing'],
});
