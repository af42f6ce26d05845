import type { JsonObject } from '../../../harness/model/json.ts';
import { isAbsolute } from '../authorization/redirect-uri.ts';
import { json, Refusal, unstored } from '../http/answer.ts';
import { encryptionKey } from '../tokens/encryption.ts';
import { quoted } from '../tokens/scope.ts';
import type { Client } from './client.ts';
import { metadataOfClient } from './registration-metadata.ts';

/** RFC 7591 §3.2.2. */
export type RegistrationErrorCode =
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement'
  | 'unapproved_software_statement';

export const registrationError = (error: RegistrationErrorCode, description: string): Refusal =>
  Refusal.with(json(400, { error, error_description: description }, unstored));

/** What a client that says nothing gets (RFC 7591 §2). */
export function withDefaults(client: Client): Client {
  const { grantTypes = ['authorization_code'], tokenEndpointAuthMethod = 'client_secret_basic' } = client;
  const { responseTypes = grantTypes.includes('authorization_code') ? ['code'] : [] } = client;
  return { ...client, grantTypes, responseTypes, tokenEndpointAuthMethod };
}

/** Throws a `Refusal` unless this server, by its own metadata, can serve such a client. */
export function checkRegistration(client: Client, server: JsonObject): void {
  for (const [name, list] of Object.entries(choices)) checkChoice(metadataOfClient(client), name, server[list]);
  checkGrants(client);
  checkRedirectUris(client);
  checkKeys(client);
}

/** Metadata of which a client may only register what the server says that it supports. */
const choices: { readonly [name: string]: string } = {
  grant_types: 'grant_types_supported',
  response_types: 'response_types_supported',
  scope: 'scopes_supported',
  subject_type: 'subject_types_supported',
  token_endpoint_auth_method: 'token_endpoint_auth_methods_supported',
  token_endpoint_auth_signing_alg: 'token_endpoint_auth_signing_alg_values_supported',
  id_token_signed_response_alg: 'id_token_signing_alg_values_supported',
  id_token_encrypted_response_alg: 'id_token_encryption_alg_values_supported',
  id_token_encrypted_response_enc: 'id_token_encryption_enc_values_supported',
  userinfo_signed_response_alg: 'userinfo_signing_alg_values_supported',
  userinfo_encrypted_response_alg: 'userinfo_encryption_alg_values_supported',
  userinfo_encrypted_response_enc: 'userinfo_encryption_enc_values_supported',
  introspection_signed_response_alg: 'introspection_signing_alg_values_supported',
  introspection_encrypted_response_alg: 'introspection_encryption_alg_values_supported',
  introspection_encrypted_response_enc: 'introspection_encryption_enc_values_supported',
  authorization_signed_response_alg: 'authorization_signing_alg_values_supported',
  authorization_encrypted_response_alg: 'authorization_encryption_alg_values_supported',
  authorization_encrypted_response_enc: 'authorization_encryption_enc_values_supported',
  request_object_signing_alg: 'request_object_signing_alg_values_supported',
  request_object_encryption_alg: 'request_object_encryption_alg_values_supported',
  request_object_encryption_enc: 'request_object_encryption_enc_values_supported',
  authorization_details_types: 'authorization_details_types_supported',
  backchannel_token_delivery_mode: 'backchannel_token_delivery_modes_supported',
};

function checkChoice(metadata: JsonObject, name: string, supported: unknown): void {
  const asked = metadata[name];
  if (asked === undefined) return;
  const values = Array.isArray(asked)
    ? asked.map(String)
    : name === 'scope'
      ? String(asked).split(' ')
      : [String(asked)];
  const known = Array.isArray(supported) ? supported.map((one) => sorted(String(one))) : [];
  const unknown = values.find((value) => !known.includes(sorted(value)));
  if (unknown !== undefined) throw refused(`${name} ${quoted(unknown)} is not supported`);
}

/** The words of a response type stand in any order (OAuth 2.0 Multiple Response Types §3). */
const sorted = (value: string) => value.split(' ').toSorted().join(' ');

/** RFC 7591 §2.1: grant types and response types must fit each other. */
function checkGrants({ grantTypes = [], responseTypes = [], tokenEndpointAuthMethod }: Client): void {
  const parts = new Set(responseTypes.flatMap((type) => type.split(' ')));
  if (parts.has('code') && !grantTypes.includes('authorization_code'))
    throw refused('Response types with code need grant type authorization_code');
  if (grantTypes.includes('authorization_code') && !parts.has('code') && !parts.has('none'))
    throw refused('Grant type authorization_code needs a response type with code');
  const front = responseTypes.filter((type) => /token/.test(type));
  if (grantTypes.includes('implicit') && front.length === 0)
    throw refused('Grant type implicit needs a response type with token or id_token');
  if (!grantTypes.includes('implicit') && front.some((type) => !type.includes('code')))
    throw refused('Response types without code need grant type implicit');
  if (tokenEndpointAuthMethod === 'none' && grantTypes.includes('client_credentials'))
    throw refused('A client that proves nothing may not use client_credentials');
}

function checkRedirectUris(client: Client): void {
  const { redirectUris = [], responseTypes = [], postLogoutRedirectUris = [] } = client;
  if (responseTypes.length > 0 && redirectUris.length === 0)
    throw registrationError('invalid_redirect_uri', 'redirect_uris is missing');
  const hosts = redirectUris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).host);
  // OIDC Core §8.1.
  if (client.subjectType === 'pairwise' && new Set(hosts).size > 1 && !client.profile?.sector_identifier_uri)
    throw refused('Pairwise subjects for several hosts need sector_identifier_uri');
  const native = client.profile?.application_type === 'native';
  const wrong = redirectUris.find((uri) => !isSafe(uri, native));
  if (wrong !== undefined) throw registrationError('invalid_redirect_uri', `Do not register ${quoted(wrong)}`);
  const badly = postLogoutRedirectUris.find((uri) => !isSafe(uri, native));
  if (badly !== undefined) throw refused(`post_logout_redirect_uris: do not register ${quoted(badly)}`);
}

/**
 * RFC 7591 §5, RFC 8252 §7: https, http to this machine, or for native applications a scheme that is a domain name
 * backwards. No fragment (RFC 6749 §3.1.2), and nobody's password.
 */
function isSafe(uri: string, native: boolean): boolean {
  if (!isAbsolute(uri) || uri.includes('#')) return false;
  const { protocol, hostname, username, password } = new URL(uri);
  if (username || password) return false;
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return native && protocol.includes('.');
}

function checkKeys(client: Client): void {
  const hasKeys = client.jwks !== undefined || client.jwksUri !== undefined;
  const metadata = metadataOfClient(client);
  const method = client.tokenEndpointAuthMethod;
  if ((method === 'private_key_jwt' || method === 'self_signed_tls_client_auth') && !hasKeys)
    throw refused(`${method} needs jwks or jwks_uri`);
  const subjects = Object.keys(metadata).filter((name) => /^tls_client_auth_s/.test(name));
  // RFC 8705 §2.1.2.
  if (method === 'tls_client_auth' && subjects.length !== 1)
    throw refused('tls_client_auth needs exactly one of its subjects');
  if (client.backchannelTokenDeliveryMode === 'ping' && client.backchannelClientNotificationEndpoint === undefined)
    throw refused('Delivery mode ping needs backchannel_client_notification_endpoint');
  for (const [name, value] of Object.entries(metadata)) {
    if (!/_encrypted_response_alg$/.test(name) || !/^(RSA|ECDH)/.test(String(value))) continue;
    if (!hasKeys) throw refused(`${name} needs jwks or jwks_uri`);
    if (client.jwks && !encryptionKey(client, String(value))) throw refused(`${name} needs a key for encryption`);
  }
  for (const name of Object.keys(metadata))
    if (/_encrypted_response_enc$/.test(name) && metadata[name.replace(/enc$/, 'alg')] === undefined)
      throw refused(`${name} needs ${name.replace(/enc$/, 'alg')}`);
  if (method === 'none' && needsSecret(client))
    throw refused('A client that can keep no secret cannot use HMAC or AES');
}

/** Whether something about this client is keyed with its secret. */
export function needsSecret(client: Client): boolean {
  if (client.tokenEndpointAuthMethod?.startsWith('client_secret_')) return true;
  return Object.entries(metadataOfClient(client)).some(
    ([name, value]) => /_alg$/.test(name) && /^(HS|dir$|A\d{3}(GCM)?KW$|PBES2)/.test(String(value)),
  );
}

const refused = (why: string) => registrationError('invalid_client_metadata', why);
