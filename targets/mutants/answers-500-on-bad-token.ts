import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const answer = correct.render(refusal, token, scheme);
    return refusal.facts.code === 'invalid_token' ? { ...answer, status: 500 } : answer;
  },
};

export default mutant('answers-500-on-bad-token', parts, {
  summary: 'answers 500 when a token is bad',
  caughtBy: [
    'gateway/token-malformed/header-not-json',
    'gateway/token-expired/by-10m',
    'gateway/token-malformed/one-part',
    'gateway/token-malformed/four-parts',
    'gateway/token-malformed/dots-only',
    'gateway/token-malformed/header-empty',
    'gateway/token-malformed/header-array',
    'gateway/token-malformed/payload-empty',
    'gateway/token-malformed/payload-array',
    'gateway/token-malformed/payload-string',
    'gateway/token-malformed/payload-null',
    'gateway/token-malformed/encrypted',
    'gateway/token-expired/numeric-string',
    'gateway/token-expired/date-text',
    'gateway/token-not-yet-valid/numeric-string',
    'gateway/token-not-yet-valid/issued-in-30m',
    'gateway/token-issuer/array',
    'gateway/token-issuer/only-in-header',
    'gateway/token-signature/stripped-two-parts',
    'gateway/token-algorithm/none-two-parts',
    'gateway/token-algorithm/other-rsa',
    'gateway/token-critical/empty',
    'gateway/token-critical/string',
    'gateway/introspection/expired',
    'gateway/clock-skew/fast-30s',
    'gateway/clock-skew/fast-5m',
    'gateway/clock-skew/fast-1h',
    'gateway/own-clock/slow-30s',
    'gateway/own-clock/slow-1h',
    'gateway/token-key-id/unknown',
    'gateway/token-key-id/blank',
    'gateway/token-key-id/null',
    'gateway/token-key-id/number',
    'gateway/token-key-id/prototype',
    'gateway/token-key-id/command',
  ],
});
