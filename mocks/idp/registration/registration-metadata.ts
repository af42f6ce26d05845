import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import type { Client } from './client.ts';

/** A member of client metadata that is not what it must be. The message is a sentence for whoever sent it. */
export class MetadataError extends Error {
  /** Its name in the metadata. */
  readonly member: string;

  constructor(member: string, must: string) {
    super(`${member} ${must}`);
    this.member = member;
  }
}

interface Kind {
  readonly must: string;
  fits(value: Json): boolean;
}

const short = (value: Json): value is string => typeof value === 'string' && value.length <= 2048;
const plain = (value: Json): value is string => short(value) && /^[\x20-\x7e]+$/.test(value);
const web = (value: Json) => plain(value) && /^https?:\/\//i.test(value) && URL.canParse(value) && !value.includes('#');
const list = (value: Json, fits: (one: Json) => boolean) =>
  Array.isArray(value) && value.length <= 100 && value.every(fits);

const text: Kind = { must: 'must be a text of at most 2048 ASCII characters', fits: plain };
const texts: Kind = { must: 'must be an array of at most 100 texts', fits: (value) => list(value, plain) };
const said: Kind = { must: 'must be a text of at most 2048 characters', fits: short };
const seconds: Kind = {
  must: 'must be a whole number of seconds',
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};
const flag: Kind = { must: 'must be true or false', fits: (value) => typeof value === 'boolean' };
const url: Kind = { must: 'must be an http or https URL without a fragment', fits: web };
const keys: Kind = { must: 'must be a JWK Set of 1 to 50 public keys', fits: isPublicSet };

/** Members that have no metadata name of the same words; no client registers them for itself. */
type Other = 'id' | 'secret' | 'public' | 'profile' | 'accessTokenFormat' | 'accessTokenSigningAlg' | 'customClaims';

/** What the IdP makes use of: each member of a client under its metadata name, which is the same in snake case. */
const members: { readonly [M in Exclude<keyof Client, Other>]-?: Kind } = {
  redirectUris: texts,
  grantTypes: texts,
  responseTypes: texts,
  scope: text,
  subjectType: text,
  jwks: keys,
  jwksUri: url,
  tokenEndpointAuthMethod: text,
  tokenEndpointAuthSigningAlg: text,
  tlsClientAuthSubjectDn: said,
  tlsClientAuthSanDns: text,
  tlsClientAuthSanUri: text,
  tlsClientAuthSanIp: text,
  tlsClientAuthSanEmail: text,
  tlsClientCertificateBoundAccessTokens: flag,
  dpopBoundAccessTokens: flag,
  idTokenSignedResponseAlg: text,
  idTokenEncryptedResponseAlg: text,
  idTokenEncryptedResponseEnc: text,
  userinfoSignedResponseAlg: text,
  userinfoEncryptedResponseAlg: text,
  userinfoEncryptedResponseEnc: text,
  introspectionSignedResponseAlg: text,
  introspectionEncryptedResponseAlg: text,
  introspectionEncryptedResponseEnc: text,
  authorizationSignedResponseAlg: text,
  authorizationEncryptedResponseAlg: text,
  authorizationEncryptedResponseEnc: text,
  defaultMaxAge: seconds,
  defaultAcrValues: texts,
  requirePushedAuthorizationRequests: flag,
  requireSignedRequestObject: flag,
  requestObjectSigningAlg: text,
  requestUris: texts,
  authorizationDetailsTypes: texts,
  postLogoutRedirectUris: texts,
  frontchannelLogoutUri: url,
  frontchannelLogoutSessionRequired: flag,
  backchannelLogoutUri: url,
  backchannelLogoutSessionRequired: flag,
  backchannelTokenDeliveryMode: text,
  backchannelClientNotificationEndpoint: url,
  backchannelUserCodeParameter: flag,
};

/** What the IdP only keeps and tells again (RFC 7591 §2, OpenID Connect Registration §2). */
const sayings: { readonly [name: string]: Kind } = {
  client_name: said,
  client_uri: url,
  logo_uri: url,
  tos_uri: url,
  policy_uri: url,
  contacts: { must: texts.must, fits: (value) => list(value, short) },
  software_id: said,
  software_version: said,
  software_statement: { must: 'must be a JWT', fits: (value) => typeof value === 'string' && value.length <= 32_768 },
  application_type: { must: "must be 'web' or 'native'", fits: (value) => value === 'web' || value === 'native' },
  sector_identifier_uri: url,
  initiate_login_uri: url,
};

/** RFC 7591 §2.2: these may also stand once for each language, as `client_name#de`. */
const localized = /^(client_name|client_uri|logo_uri|tos_uri|policy_uri)#[A-Za-z0-9-]{1,35}$/;

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const byName = new Map(Object.entries(members).map(([member, kind]) => [snake(member), { member, kind }]));

const kindOfSaying = (name: string) => {
  const [, base = name] = localized.exec(name) ?? [];
  return Object.hasOwn(sayings, base) ? sayings[base] : undefined;
};

/**
 * A client from its metadata (RFC 7591 §2). What is `null` or empty counts as absent (RFC 7592 §2.2), and what the IdP
 * does not understand is left out (RFC 7591 §2). Throws a `MetadataError`.
 */
export function clientFromMetadata(id: string, secret: string | undefined, metadata: JsonObject): Client {
  const known: { [member: string]: Json } = {};
  const profile: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (value === null || value === '') continue;
    const place = byName.get(name);
    const kind = place?.kind ?? kindOfSaying(name);
    if (!kind) continue;
    if (!kind.fits(value)) throw new MetadataError(name, kind.must);
    if (place) known[place.member] = value;
    else profile[name] = value;
  }
  if (known.jwks !== undefined && known.jwksUri !== undefined)
    throw new MetadataError('jwks', 'and jwks_uri must not stand together');
  const about = Object.keys(profile).length > 0 && { profile };
  return { ...known, ...about, ...(secret !== undefined && { secret }), id };
}

/** The metadata of a client, with its id and, if it has one, its secret (RFC 7591 §3.2.1). */
export function metadataOfClient(client: Client): JsonObject {
  const { id, secret, public: isPublic, profile, jwks, ...others } = client;
  const named = Object.entries(others).filter(([member]) => Object.hasOwn(members, member));
  return {
    client_id: id,
    ...(secret !== undefined && { client_secret: secret }),
    ...(isPublic && { token_endpoint_auth_method: 'none' }),
    ...Object.fromEntries(named.map(([member, value]) => [snake(member), value as Json])),
    // Keys that were fetched are not the client's own words.
    ...(jwks && !client.jwksUri && { jwks: jwks as unknown as JsonObject }),
    ...profile,
  };
}

/** Whether this is a JWK Set that can be used, and holds nothing secret (RFC 7591 §2). */
export function isPublicSet(value: Json): boolean {
  const set = value as { readonly keys?: readonly (JsonObject | null)[] } | null;
  if (!Array.isArray(set?.keys) || set.keys.length === 0 || set.keys.length > 50) return false;
  if (set.keys.some((key) => typeof key !== 'object' || !key || 'd' in key || 'k' in key || 'priv' in key))
    return false;
  try {
    createLocalJWKSet(set as unknown as JSONWebKeySet);
    return true;
  } catch {
    return false;
  }
}
