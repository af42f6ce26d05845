import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Json } from '../../../../harness/model/json.ts';
import { without } from '../answer-body.ts';
import { family } from '../family.ts';

const usual = 'migration/interpretation';
const fault = family('metadata', { seam: 'metadata', layer: 'policy', cause: usual });

const variantOf = (member: string, variant: string) =>
  `${member.replace(/_supported$/, '').replaceAll('_', '-')}-${variant}`;

const missing = (member: string, cause: CauseId = usual) =>
  fault(variantOf(member, 'missing'), `${member} is missing`, (document) => without(document, member), cause);

const says = (member: string, variant: string, value: Json, cause: CauseId = usual) =>
  fault(
    variantOf(member, variant),
    `${member} is ${JSON.stringify(value)}`,
    (document) => (member in document ? { ...document, [member]: value } : document),
    cause,
  );

/** Required, also by RFC 8414 §2. */
export const metadataResponseTypesMissing = () => missing('response_types_supported');
export const metadataResponseTypesOther = () => says('response_types_supported', 'other', ['token']);
export const metadataResponseTypesString = () => says('response_types_supported', 'string', 'code');
/** Required by OpenID Connect Discovery 1.0 §3. */
export const metadataSubjectTypesMissing = () => missing('subject_types_supported');

/** Must be tolerated: the default is `authorization_code` and `implicit` (RFC 8414 §2). */
export const metadataGrantTypesMissing = () => missing('grant_types_supported', 'client/type');
export const metadataGrantTypesOther = () => says('grant_types_supported', 'other', ['implicit'], 'client/type');

/** Must be tolerated: the default is `client_secret_basic` (RFC 8414 §2). */
export const metadataAuthMethodsMissing = () => missing('token_endpoint_auth_methods_supported', 'client/credentials');
export const metadataAuthMethodsOther = () =>
  says('token_endpoint_auth_methods_supported', 'other', ['tls_client_auth'], 'client/credentials');

/** RFC 9700 §2.1.1: without it a client cannot know that PKCE protects it. */
export const metadataPkceMethodsMissing = () => missing('code_challenge_methods_supported', 'attack/code');
export const metadataPkceMethodsPlain = () =>
  says('code_challenge_methods_supported', 'plain', ['plain'], 'attack/code');

/** RFC 9207 §3: nothing promises an `iss`, so that a client may not miss it. */
export const metadataIssParameterMissing = () =>
  missing('authorization_response_iss_parameter_supported', 'attack/mix-up');
export const metadataIssParameterFalse = () =>
  says('authorization_response_iss_parameter_supported', 'false', false, 'attack/mix-up');

/** Must be tolerated: recommended only. */
export const metadataScopesMissing = () => missing('scopes_supported');
export const metadataScopesString = () => says('scopes_supported', 'string', 'openid profile email');
/** OpenID Connect Discovery 1.0 §4.2: what has no element is left out. */
export const metadataScopesEmpty = () => says('scopes_supported', 'empty', []);
/** OpenID Connect Discovery 1.0 §3: RS256 must be among them. */
export const metadataIdTokenAlgorithmsOther = () => says('id_token_signing_alg_values_supported', 'other', ['ES256']);
