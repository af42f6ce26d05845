import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: (instruction, failure) =>
    failure === undefined
      ? correct.explain(instruction, failure)
      : `level=warn do=${instruction.do} cause="signature verification failed"`,
};

export default mutant('client-misleading-log', parts, {
  summary: 'logs that a signature is wrong, whatever is',
  caughtBy: [
    'client/token-error/unauthorized-client',
    'client/token-error/unsupported-grant-type',
    'client/token-error/invalid-request',
    'client/token-error/redirect-uri',
    'client/token-error/other-tenant',
    'client/authorization-response/code-and-error',
    'client/authorization-response/state-missing',
    'client/authorization-response/state-wrong',
    'client/authorization-response/state-empty',
    'client/refresh/revoked',
    'client/refresh/expired',
    'client/idp-certificate/missing-intermediate',
    'client/idp-certificate/handshake-reset',
    'client/idp-certificate/alert',
    'client/idp-certificate/plaintext',
    'client/network/reset',
    'client/network/reset-at-connect',
    'client/network/closed-at-connect',
    'client/network/other-service',
    'client/network/gzip-garbage',
    'client/network/proxy-forbidden',
    'client/network/proxy-authentication',
    'client/network/captive-portal',
    'client/network/captive-page',
    'client/network/redirect-loop',
    'client/network/redirected-away',
    'client/network/length-too-small',
    'client/idp-certificate/common-name-only',
    'client/network/answer-drips',
    'client/network/hangs',
    'client/idp-certificate/handshake-hangs',
    'client/wrong-secret/by-itself',
    'client/idp-unreachable/refused',
    'client/own-clock/slow-30s',
    'client/own-clock/slow-5m',
    'client/own-clock/slow-1h',
  ],
});
