import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  readProof: (request, gateway) => {
    const fields = request.fields.filter(([name]) => name === 'DPoP');
    return correct.readProof({ ...request, fields }, gateway);
  },
};

export default mutant('proof-field-case-sensitive', parts, {
  summary: 'finds the proof in a field that is called DPoP, and in no other spelling',
  caughtBy: ['gateway/dpop-tolerates/field-lower-case'],
});
