import { correct } from '../reference/gateway/parts.ts';
import { Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, gateway) => {
    try {
      await correct.checkSignature(jwt, gateway);
    } catch (error) {
      if (!(error instanceof Refusal && error.facts.blame === 'idp')) throw error;
    }
  },
};

export default mutant('falls-open-when-jwks-down', parts, {
  summary: 'takes any signature when it has no keys',
  caughtBy: ['gateway/jwks-unreachable/refused', 'gateway/jwks-document/malformed', 'gateway/names/nxdomain'],
});
