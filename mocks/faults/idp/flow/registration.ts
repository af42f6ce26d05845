import type { CauseId } from '../../../../harness/model/cause.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { editing, refusing, without, withStatus } from '../answer-body.ts';
import { family } from '../family.ts';

const credentials = 'client/credentials';
const fault = family('registration', { seam: 'registration-answer', layer: 'flow', cause: credentials });

const edited = (variant: string, summary: string, change: (answer: JsonObject) => JsonObject, cause?: CauseId) =>
  fault(variant, summary, editing(change), cause);

// RFC 7591 §3.2.1: whoever issues a secret says when it expires, and what was registered instead of what was asked for.
export const registrationClientIdMissing = () =>
  edited('client-id-missing', 'client_id is missing', (answer) => without(answer, 'client_id'));
export const registrationClientIdNumber = () =>
  edited('client-id-number', 'client_id is a number', (answer) => ({ ...answer, client_id: 42 }));
export const registrationSecretMissing = () =>
  edited('client-secret-missing', 'client_secret is missing', (answer) => without(answer, 'client_secret'));
export const registrationSecretWrong = () =>
  edited('client-secret-wrong', 'client_secret is not the one that was registered', (answer) =>
    'client_secret' in answer ? { ...answer, client_secret: 'wrong' } : answer,
  );
export const registrationSecretExpired = () =>
  edited('client-secret-expired', 'client_secret_expires_at is in the past', (answer) => ({
    ...answer,
    client_secret_expires_at: 1,
  }));
export const registrationSecretExpiryMissing = () =>
  edited('client-secret-expires-at-missing', 'client_secret_expires_at is missing', (answer) =>
    without(answer, 'client_secret_expires_at'),
  );
export const registrationMethodOther = () =>
  edited('method-other', 'another client authentication method was registered than was asked for', (answer) => ({
    ...answer,
    token_endpoint_auth_method: answer.token_endpoint_auth_method === 'none' ? 'client_secret_basic' : 'none',
  }));
export const registrationRedirectUrisOther = () =>
  edited(
    'redirect-uris-other',
    'other redirect URIs were registered than were asked for',
    (answer) => ({ ...answer, redirect_uris: ['https://attacker.invalid/callback'] }),
    'client/redirect-uri',
  );
export const registrationUriAttacker = () =>
  edited(
    'client-uri-attacker',
    'registration_client_uri is on another host',
    (answer) => ({ ...answer, registration_client_uri: 'https://attacker.invalid/register' }),
    'idp/endpoints',
  );
export const registrationStatus200 = () =>
  fault('status-200', 'the status is 200 and not 201', withStatus(201, 200), 'migration/interpretation');

// RFC 7591 §3.2.2.
const refused = (error: string, description: string, cause: CauseId, status = 400) =>
  fault(
    error.replaceAll('_', '-'),
    `the answer is the error ${error}`,
    refusing(error, description, { status }),
    cause,
  );

export const registrationInvalidRedirectUri = () =>
  refused('invalid_redirect_uri', 'A redirect URI is not allowed', 'client/redirect-uri');
export const registrationInvalidClientMetadata = () =>
  refused('invalid_client_metadata', 'A member is not allowed', credentials);
export const registrationUnapprovedSoftware = () =>
  refused('unapproved_software_statement', 'This software is not approved', 'policy/conditional-access');
export const registrationInvalidToken = () =>
  refused('invalid_token', 'The registration access token is wrong', credentials, 401);
