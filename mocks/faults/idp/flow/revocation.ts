import { json } from '../../../idp/http/answer.ts';
import { refusing } from '../answer-body.ts';
import { family } from '../family.ts';

const fault = family('revocation', { seam: 'revocation-answer', layer: 'flow', cause: 'token/caching' });

/** RFC 7009 §2.2.1. */
export const revocationUnsupportedTokenType = () =>
  fault(
    'unsupported-token-type',
    'the token is not revoked: unsupported_token_type',
    refusing('unsupported_token_type', 'Such tokens cannot be revoked'),
  );
/** RFC 7009 §2.2.1: the client must take the token for valid still, and try again. */
export const revocationUnavailable = ({ seconds = 1 }: { readonly seconds?: number } = {}) =>
  fault(
    'unavailable',
    `the answer is 503 with Retry-After: ${seconds}`,
    () => json(503, {}, [['retry-after', String(seconds)]]),
    'idp/rate-limit',
  );
export const revocationInvalidClient = () =>
  fault(
    'invalid-client',
    'the client is refused with 401 invalid_client',
    refusing('invalid_client', 'Client authentication failed', {
      status: 401,
      headers: [['www-authenticate', 'Basic realm="idp"']],
    }),
    'client/credentials',
  );
