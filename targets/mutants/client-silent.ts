import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: (instruction, failure) => (failure === undefined ? correct.explain(instruction, failure) : undefined),
};

export default mutant('client-silent', parts, {
  summary: 'logs what worked, and nothing of what did not',
  caughtBy: [
    'client/discovery/token-endpoint-missing',
    'client/discovery/token-endpoint-wrong-path',
    'client/discovery/token-endpoint-http',
    'client/discovery/authorization-endpoint-missing',
    'client/discovery/jwks-uri-missing',
    'client/discovery/not-found',
    'client/discovery/array',
    'client/discovery/error-with-200',
    'client/discovery/captive-page',
    'client/discovery/malformed',
    'client/discovery/redirected-away',
    'client/jwks/use-encryption',
    'client/jwks/malformed',
    'client/jwks/html',
    'client/jwks/status-500',
    'client/jwks/reset',
    'client/names/nxdomain',
    'client/names/servfail',
    'client/names/empty',
    'client/names/wrong-address',
    'client/discovery/unanswered',
    'client/names/unanswered',
    'client/idp-unreachable/refused-at-start',
    'client/idp-unreachable/reset-at-start',
  ],
});
