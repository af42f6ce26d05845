import type { JSONWebKeySet } from 'jose';

/** Ways in which a client proves itself (OIDC Core §9, RFC 7591 §2, RFC 8705 §2). */
const authenticationMethods = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
  'none',
] as const;

/** Those that can succeed: only where certificates are asked for, and of those only what somebody trusted issued. */
export const offeredMethods = ({
  clientCertificates,
  clientAuthorities,
}: {
  readonly clientCertificates: boolean;
  readonly clientAuthorities: readonly unknown[];
}) =>
  authenticationMethods.filter((method) => {
    if (method === 'tls_client_auth') return clientCertificates && clientAuthorities.length > 0;
    return method !== 'self_signed_tls_client_auth' || clientCertificates;
  });

export type AuthenticationMethod = (typeof authenticationMethods)[number];

/** What is registered about how a client proves itself (RFC 7591 §2). */
export interface RegisteredClient {
  readonly id: string;
  /** What the three `client_secret_` methods prove; a client without one fails by all of them. */
  readonly secret?: string;
  /** The only method that it may use. When absent: `none` if it is public, else `client_secret_basic` or `_post`. */
  readonly tokenEndpointAuthMethod?: AuthenticationMethod;
  /** The only JWS algorithm that its assertions may use; any that fits the method when absent. */
  readonly tokenEndpointAuthSigningAlg?: string;
  /** For `tls_client_auth`, exactly one of these is the subject of its certificate (RFC 8705 §2.1.2); DN as in RFC 4514. */
  readonly tlsClientAuthSubjectDn?: string;
  readonly tlsClientAuthSanDns?: string;
  readonly tlsClientAuthSanUri?: string;
  readonly tlsClientAuthSanIp?: string;
  readonly tlsClientAuthSanEmail?: string;
  /** Public keys: for `private_key_jwt`, for encryption, and with `x5c` for `self_signed_tls_client_auth`. */
  readonly jwks?: JSONWebKeySet;
  /** Where it publishes its keys. They are fetched when they are needed, unless `jwks` holds them. */
  readonly jwksUri?: string;
  /** It can keep no secret (RFC 6749 §2.1). */
  readonly public?: true;
}

/** The methods that this client may use. */
export function methodsOf(client: RegisteredClient): readonly AuthenticationMethod[] {
  if (client.tokenEndpointAuthMethod) return [client.tokenEndpointAuthMethod];
  return client.public ? ['none'] : ['client_secret_basic', 'client_secret_post'];
}
