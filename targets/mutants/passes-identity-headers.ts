import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  forward: (request, claims, gateway) => {
    const claimed = request.headers['x-user'];
    const subject = typeof claimed === 'string' ? { sub: claimed } : {};
    return correct.forward(request, { ...claims, ...subject }, gateway);
  },
};

export default mutant('passes-identity-headers', parts, {
  summary: 'passes on the fields by which a caller claims to be somebody',
  caughtBy: ['gateway/gateway-bypass/x-user'],
});
