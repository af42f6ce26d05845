import { jsonObject } from '../reference/gateway/fetch.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  discover: async (gateway, until) => {
    const url = `${gateway.wiring.issuer}/.well-known/openid-configuration`;
    const question = { what: 'discovery document', url, until };
    return String(jsonObject(await gateway.parts.fetchDocument(gateway, question)).jwks_uri);
  },
};

export default mutant('ignores-metadata-issuer', parts, {
  summary: 'takes metadata of another issuer',
  caughtBy: ['gateway/discovery/issuer-other'],
});
