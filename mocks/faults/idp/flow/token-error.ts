import type { CauseId } from '../../../../harness/model/cause.ts';
import { refusing } from '../answer-body.ts';
import { family } from '../family.ts';

const fault = family('token-error', { seam: 'token-answer', layer: 'flow', cause: 'idp/token-issuance' });

const refused = (
  error: string,
  cause: CauseId,
  description: string,
  { variant = error.replaceAll('_', '-'), ...rest }: { variant?: string } & Parameters<typeof refusing>[2] = {},
) => fault(variant, `the answer is the error ${error}: ${description}`, refusing(error, description, rest), cause);

// RFC 6749 §5.2.
export const tokenInvalidRequest = () => refused('invalid_request', 'idp/token-issuance', 'a parameter is missing');
export const tokenInvalidScope = () => refused('invalid_scope', 'client/scope', 'the scope is not known');
export const tokenUnauthorizedClient = () =>
  refused('unauthorized_client', 'client/type', 'the client may not use this grant');
export const tokenUnsupportedGrantType = () =>
  refused('unsupported_grant_type', 'extension/grants', 'the grant type is not offered');
export const tokenCodeRefused = () => refused('invalid_grant', 'attack/code', 'the code was used before');
export const tokenRedirectUriRefused = () =>
  refused('invalid_grant', 'client/redirect-uri', 'redirect_uri is not that of the authorization request', {
    variant: 'invalid-grant-redirect-uri',
  });
export const tokenRefreshTokenRevoked = () =>
  refused('invalid_grant', 'refresh/revoked', 'the refresh token was revoked', { variant: 'invalid-grant-revoked' });
export const tokenRefreshTokenExpired = () =>
  refused('invalid_grant', 'refresh/expired', 'the refresh token has expired', { variant: 'invalid-grant-expired' });

/** RFC 8707 §2. */
export const tokenInvalidTarget = () => refused('invalid_target', 'token/audience', 'the resource is not known');

// While a client polls: RFC 8628 §3.5, CIBA Core §11.
const denied = 'policy/conditional-access';
export const tokenAccessDenied = () => refused('access_denied', denied, 'the user said no');
export const tokenExpiredToken = () => refused('expired_token', 'token/expired', 'the request has expired');
export const tokenAuthorizationPending = () =>
  refused('authorization_pending', denied, 'the user has not answered yet');
export const tokenSlowDown = () => refused('slow_down', 'idp/rate-limit', 'the client polls too often');
export const tokenTransactionFailed = () =>
  refused('transaction_failed', denied, 'the user could not be asked (CIBA Push)');

/** RFC 9449 §8: again and again, each time with the same nonce. */
export const tokenUseDpopNonce = () =>
  refused('use_dpop_nonce', 'attack/sender-constraint', 'a nonce is wanted in the proof', {
    headers: [['dpop-nonce', 'a-nonce']],
  });
/** The error wants a nonce and gives none. */
export const tokenUseDpopNonceSilent = () =>
  refused('use_dpop_nonce', 'attack/sender-constraint', 'a nonce is wanted, and none is given', {
    variant: 'use-dpop-nonce-silent',
  });
export const tokenInvalidDpopProof = () =>
  refused('invalid_dpop_proof', 'attack/sender-constraint', 'the proof is wrong');
