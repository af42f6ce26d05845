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
  caughtBy: [
    'gateway/jwks-unreachable/refused',
    'gateway/jwks-document/malformed',
    'gateway/names/nxdomain',
    'gateway/jwks-unreachable/reset',
    'gateway/jwks-unreachable/truncated',
    'gateway/jwks-unreachable/encoding-corrupt',
    'gateway/jwks-unreachable/captive-page',
    'gateway/jwks-unreachable/proxy-403',
    'gateway/jwks-unreachable/proxy-407',
    'gateway/jwks-unreachable/status-503',
    'gateway/jwks-unreachable/status-429',
    'gateway/jwks-unreachable/connection-reset',
    'gateway/names/servfail',
    'gateway/names/empty',
    'gateway/names/wrong-address',
    'gateway/names/unanswered',
    'gateway/jwks-document/empty',
    'gateway/jwks-document/only-symmetric',
    'gateway/jwks-document/key-type-missing',
    'gateway/jwks-document/modulus-missing',
    'gateway/jwks-document/empty-body',
    'gateway/jwks-document/array',
    'gateway/discovery/issuer-trailing-slash',
    'gateway/discovery/jwks-uri-missing',
    'gateway/discovery/jwks-uri-wrong-path',
    'gateway/discovery/jwks-uri-no-url',
    'gateway/discovery/status-404',
    'gateway/discovery/captive-page',
    'gateway/discovery/malformed',
    'gateway/discovery/redirected-away',
  ],
});
