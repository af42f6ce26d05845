import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: (instruction, failure) =>
    failure === undefined
      ? correct.explain(instruction, failure)
      : `level=warn do=${instruction.do} cause="something went wrong"`,
};

export default mutant('client-generic-log', parts, {
  summary: 'logs that something went wrong, and not what',
  caughtBy: [
    'client/wrong-secret/log-in',
    'client/token-content-type/html',
    'client/token-revoked/refresh-token',
    'client/token-answer/token-type-missing',
    'client/token-answer/expires-in-negative',
    'client/token-answer/trailing-garbage',
    'client/token-dialect/form',
    'client/token-dialect/wrapped',
    'client/token-dialect/camel-case',
    'client/token-error-dialect/status-401',
    'client/token-error-dialect/status-403',
    'client/token-error-dialect/error-code-member',
    'client/token-error-dialect/nested',
    'client/token-error-dialect/number',
    'client/token-error-dialect/problem',
    'client/token-error-dialect/form',
    'client/token-error-dialect/text',
    'client/id-token-claims/azp-other',
    'client/id-token-claims/issued-in-future',
    'client/id-token-claims/issued-at-missing',
    'client/id-token-claims/access-token-hash-other',
    'client/id-token-claims/missing',
    'client/id-token-signature/key-id-unknown',
    'client/clock-skew/fast-5m',
    'client/clock-skew/fast-1h',
    'client/token-answer/token-type-retyped',
    'client/token-answer/empty-body',
    'client/token-answer/html',
    'client/token-answer/array',
    'client/token-answer/error-with-200',
    'client/token-answer/status-500',
    'client/token-answer/malformed',
    'client/token-answer/truncated',
    'client/clock-skew/fast-30s',
    'client/token-content-type/plain',
    'client/token-content-type/missing',
    'client/token-error/code-of-other-tenant',
    'client/rate-limit/429-silent',
    'client/rate-limit/429-date',
    'client/rate-limit/429-garbage',
    'client/rate-limit/503-silent',
    'client/userinfo/sub-missing',
    'client/userinfo/html',
    'client/userinfo/content-type-jwt',
    'client/userinfo/malformed',
    'client/userinfo/truncated',
    'client/userinfo/reset',
    'client/userinfo/hangs',
  ],
});
