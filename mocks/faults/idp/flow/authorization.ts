import type { CauseId } from '../../../../harness/model/cause.ts';
import type { AuthorizationResponse, Parameters } from '../../../../harness/model/issuing.ts';
import { family } from '../family.ts';

const fault = family('authorization', { seam: 'authorize-response', layer: 'flow', cause: 'attack/csrf' });

/** A successful response with its parameters changed; an error response as it is. */
const succeeding =
  (change: (parameters: Parameters) => Parameters) =>
  (response: AuthorizationResponse): AuthorizationResponse =>
    response.parameters.error === undefined ? { ...response, parameters: change(response.parameters) } : response;

/** Any response with this parameter changed, where it has it. */
const changing =
  (name: string, change: (value: string) => string) =>
  (response: AuthorizationResponse): AuthorizationResponse => {
    const value = response.parameters[name];
    return value === undefined
      ? response
      : { ...response, parameters: { ...response.parameters, [name]: change(value) } };
  };

const lacking = (name: string) => (response: AuthorizationResponse) => {
  const { [name]: _, ...parameters } = response.parameters;
  return { ...response, parameters };
};

// `state` is the one that was sent (RFC 6749 §4.1.2).
export const authorizationStateMissing = () => fault('state-missing', 'state is missing', lacking('state'));
export const authorizationStateEmpty = () =>
  fault(
    'state-empty',
    'state is empty',
    changing('state', () => ''),
  );
export const authorizationStateWrong = () =>
  fault('state-wrong', 'state is a random one', (response, random) =>
    changing('state', () => random.hex(16))(response),
  );
/** As if it had been kept in a column of so many characters. */
export const authorizationStateCut = ({ length = 32 }: { readonly length?: number } = {}) =>
  fault(
    'state-cut',
    `state is cut after ${length} characters`,
    changing('state', (state) => state.slice(0, length)),
  );
/** As if it had been decoded once too often. */
export const authorizationStateDecoded = () =>
  fault(
    'state-decoded',
    'state has spaces for its plus signs',
    changing('state', (state) => state.replaceAll('+', ' ')),
  );
/** Give it the state that the same browser, or another one, has sent for another session. */
export const authorizationStateOther = ({ state = 'state-of-another-session' }: { readonly state?: string } = {}) =>
  fault(
    'state-other',
    "state is another session's",
    changing('state', () => state),
  );

// `iss` is the issuer's identifier, compared as a string (RFC 9207 §2.4).
const mixUp = 'attack/mix-up';
const issuer = (variant: string, summary: string, change: (right: string) => string) =>
  fault(`iss-${variant}`, summary, changing('iss', change), mixUp);

export const authorizationIssuerMissing = () =>
  fault('iss-missing', 'iss is missing, though the metadata promises it', lacking('iss'), mixUp);
export const authorizationIssuerEmpty = () => issuer('empty', 'iss is empty', () => '');
export const authorizationIssuerOther = ({
  issuer: iss = 'https://honest.example',
}: {
  readonly issuer?: string;
} = {}) => issuer('other', 'iss names another issuer', () => iss);
export const authorizationIssuerTrailingSlash = () =>
  issuer('trailing-slash', 'iss has a trailing slash too many', (right) => `${right}/`);
export const authorizationIssuerCase = () =>
  issuer('case', 'scheme and host of iss are in upper case', (right) =>
    right.replace(/^[^:]+:\/\/[^/]+/, (origin) => origin.toUpperCase()),
  );
export const authorizationIssuerDots = () =>
  issuer('dot-segment', 'iss has a dot segment in its path', (right) => right.replace(/^([^:]+:\/\/[^/]+)/, '$1/.'));
export const authorizationIssuerEncoded = () =>
  issuer('percent-encoded', 'the last letter of iss is percent-encoded', (right) =>
    right.replace(/.$/, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
  );

const code = 'attack/code';
export const authorizationCodeMissing = () =>
  fault(
    'code-missing',
    'code is missing',
    succeeding(({ code: _, ...others }) => others),
    'idp/token-issuance',
  );
export const authorizationCodeEmpty = () =>
  fault(
    'code-empty',
    'code is empty',
    changing('code', () => ''),
    'idp/token-issuance',
  );
/** Give it a code of another session, another client or another issuer. */
export const authorizationCodeOther = ({ code: other = 'code-of-another-session' }: { readonly code?: string } = {}) =>
  fault(
    'code-other',
    'code is that of another session or client',
    changing('code', () => other),
    code,
  );

// Implicit and hybrid responses (OIDC Core §3.2.2.5, §3.3.2.5).
export const authorizationAccessTokenOther = ({
  accessToken = 'token-of-another-client',
}: {
  readonly accessToken?: string;
} = {}) =>
  fault(
    'access-token-other',
    'access_token is one that was issued to another client',
    changing('access_token', () => accessToken),
    code,
  );
export const authorizationIdTokenMissing = () =>
  fault('id-token-missing', 'id_token is missing', lacking('id_token'), 'idp/token-issuance');
export const authorizationTokenInFront = () =>
  fault(
    'token-in-front',
    'access_token stands in a response that was to bring a code only',
    succeeding((parameters) =>
      'access_token' in parameters ? parameters : { ...parameters, access_token: 'front', token_type: 'Bearer' },
    ),
    'attack/secrets',
  );

/** Must be ignored (RFC 6749 §4.1.2). */
export const authorizationUnknownParameter = () =>
  fault(
    'unknown-parameter',
    'a parameter that nobody knows is added',
    succeeding((parameters) => ({ ...parameters, 'x-failwell': '1' })),
    'migration/interpretation',
  );
export const authorizationCodeAndError = () =>
  fault(
    'code-and-error',
    'code and error both stand there',
    succeeding((parameters) => ({ ...parameters, error: 'access_denied' })),
    'migration/error-mapping',
  );

/** The response goes to whoever asked, instead of to a registered place. */
export const authorizationRedirectUriOther = ({
  uri = 'https://attacker.invalid/callback',
}: {
  readonly uri?: string;
} = {}) =>
  fault(
    'redirect-uri-other',
    'the response goes to a redirect URI that is not registered',
    (response) => ({ ...response, redirectUri: uri }),
    'attack/open-redirect',
  );

const mode = (variant: AuthorizationResponse['mode'], summary: string, cause: CauseId) =>
  fault(`mode-${variant.replace('_', '-')}`, summary, (response) => ({ ...response, mode: variant }), cause);

/** A code in a query ends up in logs and referrers, which `form_post` was to avoid. */
export const authorizationModeQuery = () =>
  mode('query', 'the response comes as a query, however it was asked for', 'attack/secrets');
export const authorizationModeFragment = () =>
  mode('fragment', 'the response comes as a fragment, however it was asked for', 'migration/interpretation');
export const authorizationModeFormPost = () =>
  mode('form_post', 'the response comes as a posted form, however it was asked for', 'migration/interpretation');
