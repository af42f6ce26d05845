import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: ({ refusal, ...served }) => correct.explain({ ...served, ...(refusal && { note: 'audience mismatch' }) }),
};

export default mutant('misleading-log', parts, {
  summary: 'blames the audience in its log, whatever the cause',
  caughtBy: [
    'gateway/token-expired/by-10m',
    'gateway/token-signature/tampered-payload',
    'gateway/own-clock/fast-2h',
    'gateway/own-clock/slow-5m',
    'gateway/bearer-placement/query',
    'gateway/bearer-placement/form',
    'gateway/bearer-placement/cookie',
    'gateway/bearer-scheme/basic',
    'gateway/bearer-scheme/other',
    'gateway/bearer-scheme/missing',
    'gateway/bearer-scheme/alone',
    'gateway/bearer-scheme/two-tokens',
    'gateway/token-malformed/empty',
    'gateway/token-malformed/header-not-base64url',
    'gateway/token-scope/array',
    'gateway/upstream/reset',
    'gateway/upstream/reset-before-answer',
    'gateway/upstream/truncated',
    'gateway/idp-certificate/tls-1.0-only',
    'gateway/idp-certificate/handshake-reset',
    'gateway/idp-certificate/alert',
    'gateway/idp-certificate/plaintext',
    'gateway/jwks-document/signing-key-missing',
    'gateway/jwks-document/other-keys',
    'gateway/jwks-document/key-swapped',
    'gateway/jwks-document/use-encryption',
    'gateway/jwks-document/kid-missing',
  ],
});
