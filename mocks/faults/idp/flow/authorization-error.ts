import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Parameters } from '../../../../harness/model/issuing.ts';
import { family } from '../family.ts';

const denied = 'policy/conditional-access';
const fault = family('authorization-error', { seam: 'authorize-response', layer: 'flow', cause: denied });

/** Only what goes with any response (RFC 6749 §4.1.2.1, RFC 9207 §2). */
const kept = ({ state, iss }: Parameters): Parameters => ({
  ...(state !== undefined && { state }),
  ...(iss !== undefined && { iss }),
});

const answering = (error: string, error_description: string, cause: CauseId = denied) =>
  fault(
    error.replaceAll('_', '-'),
    `the answer is the error ${error}`,
    (response) => ({ ...response, parameters: { error, error_description, ...kept(response.parameters) } }),
    cause,
  );

// RFC 6749 §4.1.2.1.
export const authorizationAccessDenied = () => answering('access_denied', 'The user or a policy said no');
export const authorizationInvalidRequest = () =>
  answering('invalid_request', 'A parameter is missing', 'idp/token-issuance');
export const authorizationInvalidScope = () => answering('invalid_scope', 'A scope is not known', 'client/scope');
export const authorizationUnauthorizedClient = () =>
  answering('unauthorized_client', 'The client may not use this response type', 'client/type');
export const authorizationUnsupportedResponseType = () =>
  answering('unsupported_response_type', 'This response type is not offered', 'client/type');
export const authorizationServerError = () => answering('server_error', 'Something went wrong', 'idp/token-issuance');
export const authorizationTemporarilyUnavailable = () =>
  answering('temporarily_unavailable', 'Come back later', 'idp/rate-limit');

// OIDC Core §3.1.2.6.
export const authorizationInteractionRequired = () => answering('interaction_required', 'The user must do something');
export const authorizationLoginRequired = () => answering('login_required', 'Nobody is logged in');
export const authorizationAccountSelectionRequired = () =>
  answering('account_selection_required', 'The user must choose an account');
export const authorizationConsentRequired = () => answering('consent_required', 'The user must consent');

/** OpenID Connect Core Unmet Authentication Requirements 1.0. */
export const authorizationUnmetAuthenticationRequirements = () =>
  answering('unmet_authentication_requirements', 'The acr asked for was not reached', 'policy/adaptive');

/** RFC 6749 §4.1.2.1: these characters may not stand in `error_description`. */
export const authorizationErrorQuoting = () =>
  fault('quoting', 'error_description has quotation marks and letters beyond ASCII', ({ parameters, ...response }) => {
    const { error, error_description: said } = parameters;
    return error === undefined
      ? { ...response, parameters }
      : { ...response, parameters: { ...parameters, error_description: `„${said}" is wrong` } };
  });
/** Whatever is wrong: the client cannot tell. */
export const authorizationErrorServerError = () =>
  fault(
    'server-error-for-any',
    'every error is called server_error',
    (response) =>
      response.parameters.error === undefined
        ? response
        : { ...response, parameters: { ...response.parameters, error: 'server_error' } },
    'migration/error-mapping',
  );

/** A code of a provider's own: a client must take any error for one. */
export const authorizationUnknownError = () =>
  answering('user_cancelled_login', 'The user closed the window', 'migration/error-mapping');

/** An error that nobody asked for: without `state` it may be anybody's. */
export const authorizationErrorStateless = () =>
  fault(
    'access-denied-stateless',
    'the answer is the error access_denied, without state',
    (response) => ({ ...response, parameters: { error: 'access_denied', iss: response.parameters.iss ?? '' } }),
    'attack/csrf',
  );
