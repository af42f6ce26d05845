import { X509Certificate } from 'node:crypto';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, gateway) => {
    const { x5c } = jwt.header;
    if (!Array.isArray(x5c)) return correct.chooseKeys(jwt, gateway);
    const set = await gateway.keys.current();
    const { publicKey } = new X509Certificate(Buffer.from(String(x5c[0]), 'base64'));
    return { set, keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', ops: undefined, key: publicKey }] };
  },
};

export default mutant('trusts-x5c', parts, {
  summary: 'verifies with the certificate that the token brings in x5c',
  caughtBy: ['gateway/token-embedded-key/x5c-published-kid', 'gateway/token-embedded-key/x5c'],
});
