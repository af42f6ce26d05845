import { correct } from '../reference/gateway/parts.ts';
import { invalidProof } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

const known = new Set(['typ', 'alg', 'jwk', 'jti', 'htm', 'htu', 'iat', 'ath']);

export const parts: typeof correct = {
  ...correct,
  readProof: (request, gateway) => {
    const proof = correct.readProof(request, gateway);
    const strange = Object.keys({ ...proof.header, ...proof.claims }).find((name) => !known.has(name));
    if (strange !== undefined) throw invalidProof(`malformed DPoP proof: ${strange} is not known`);
    return proof;
  },
};

export default mutant('strict-proofs', parts, {
  summary: 'refuses a DPoP proof for a member that it does not know',
  caughtBy: ['gateway/dpop-tolerates/unknown-members'],
});
