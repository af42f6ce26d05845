import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Decision } from '../../../../harness/model/issuing.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { family } from '../family.ts';

const conditional = 'policy/conditional-access';
const fault = family('decision', { seam: 'decision', layer: 'policy', cause: conditional });

const refusing = (
  variant: string,
  summary: string,
  refusal: JsonObject,
  { cause = conditional, status }: { readonly cause?: CauseId; readonly status?: number } = {},
) =>
  fault(
    variant,
    summary,
    (decision): Decision => ({ ...decision, refusal, ...(status !== undefined && { status }) }),
    cause,
  );

/** Only where a user is concerned: a client in its own name has nobody to ask. */
const refusingUsers: typeof refusing = (...described) => {
  const refused = refusing(...described);
  return {
    ...refused,
    apply: (decision, random) => (decision.sub === undefined ? decision : refused.apply(decision, random)),
  };
};

// OIDC Core §3.1.2.6, at the token endpoint as well.
export const decisionInteractionRequired = () =>
  refusingUsers('interaction-required', 'a policy asks for the user', {
    error: 'interaction_required',
    error_description: 'A policy wants the user to do something first',
  });
export const decisionLoginRequired = () =>
  refusingUsers('login-required', 'a policy asks for a new login', {
    error: 'login_required',
    error_description: 'The user must log in again',
  });
export const decisionConsentRequired = () =>
  refusingUsers('consent-required', 'a policy asks for consent', {
    error: 'consent_required',
    error_description: 'The user must consent',
    suberror: 'consent_required',
  });

/** A dialect: what the policy is, and what claims it wants, stand in members of the provider's own. */
export const decisionConditionalAccess = () =>
  refusingUsers('conditional-access', 'a policy says no, with codes of its own and the claims that it wants', {
    error: 'interaction_required',
    error_description: 'POL53003: Access is blocked by a policy.',
    error_codes: [53003],
    suberror: 'message_only',
    claims: '{"access_token":{"capolids":{"essential":true,"values":["11111111-2222-3333-4444-555555555555"]}}}',
  });
export const decisionAccessDenied = () =>
  refusing('access-denied', 'a policy says no', {
    error: 'access_denied',
    error_description: 'A policy forbids it',
  });
/** A dialect: 403 where RFC 6749 §5.2 knows 400 and 401 only. */
export const decisionBlocked = () =>
  refusing(
    'blocked',
    'the user is blocked: 403 with unauthorized',
    { error: 'unauthorized', error_description: 'user is blocked' },
    { status: 403 },
  );

// Step-up, in the words of RFC 9470 §3 for APIs, which some issuers say themselves.
const adaptive = 'policy/adaptive';
export const decisionInsufficientAuthentication = ({ acr = 'phr' }: { readonly acr?: string } = {}) =>
  refusingUsers(
    'insufficient-authentication',
    'a stronger login is wanted: insufficient_user_authentication with acr_values',
    {
      error: 'insufficient_user_authentication',
      error_description: 'A different authentication level is required',
      acr_values: acr,
    },
    { cause: adaptive },
  );
export const decisionLoginTooOld = ({ maxAge = '300' }: { readonly maxAge?: string } = {}) =>
  refusingUsers(
    'login-too-old',
    'a more recent login is wanted: insufficient_user_authentication with max_age',
    {
      error: 'insufficient_user_authentication',
      error_description: 'More recent authentication is required',
      max_age: maxAge,
    },
    { cause: adaptive },
  );
/** A dialect: a second factor is asked for with a token of its own. */
export const decisionMfaRequired = () =>
  refusingUsers(
    'mfa-required',
    'a second factor is wanted: 403 mfa_required with mfa_token',
    { error: 'mfa_required', error_description: 'Multifactor authentication required', mfa_token: 'mfa-token' },
    { cause: adaptive, status: 403 },
  );

export const decisionUnauthorizedClient = () =>
  refusing(
    'unauthorized-client',
    'the client may not have this: unauthorized_client',
    { error: 'unauthorized_client', error_description: 'The client is not allowed to do this' },
    { cause: 'client/type' },
  );
export const decisionInvalidScope = () =>
  refusing(
    'invalid-scope',
    'the scope may not be had: invalid_scope',
    { error: 'invalid_scope', error_description: 'The scope is not allowed for this client' },
    { cause: 'client/scope' },
  );

const scoping = (variant: string, summary: string, change: (scope: string) => string) =>
  fault(variant, summary, (decision) => ({ ...decision, scope: change(decision.scope) }), 'client/scope');

/** RFC 6749 §3.3: the IdP may grant less, and says so. */
export const decisionScopeNarrowed = () =>
  scoping('scope-narrowed', 'only the first scope value is granted', (scope) => scope.split(' ')[0] ?? '');
export const decisionScopeWidened = () =>
  scoping('scope-widened', 'a scope value more than was asked for is granted', (scope) => `${scope} admin`);
