import { Refusal } from './answer.ts';
import { methodsOf, type RegisteredClient } from './client-authentication/registration.ts';

/** What is registered about a client besides how it proves itself (RFC 7591 §2). */
export interface ClientSettings {
  /** Where authorization responses may go; none when absent. */
  readonly redirectUris?: readonly string[];
  /** Grant types that it may use; all when absent. Naming `refresh_token` gets it refresh tokens without `offline_access`. */
  readonly grantTypes?: readonly string[];
  /** JWS algorithm of its ID tokens; `RS256` when absent, `HS256` signs with its secret. */
  readonly idTokenSignedResponseAlg?: string;
  /** JWE algorithm and encryption (RFC 7518 §4.1, §5.1) of its ID tokens; not encrypted when absent, `A128CBC-HS256`. */
  readonly idTokenEncryptedResponseAlg?: string;
  readonly idTokenEncryptedResponseEnc?: string;
  /** JWS algorithm of its UserInfo; plain JSON when absent (OIDC Core §5.3.2). */
  readonly userinfoSignedResponseAlg?: string;
  readonly userinfoEncryptedResponseAlg?: string;
  readonly userinfoEncryptedResponseEnc?: string;
  /** JWS algorithm of introspection as a JWT; `RS256` when absent (RFC 9701 §6). */
  readonly introspectionSignedResponseAlg?: string;
  readonly introspectionEncryptedResponseAlg?: string;
  readonly introspectionEncryptedResponseEnc?: string;
  /** What its access tokens look like; as usual at this IdP when absent. */
  readonly accessTokenFormat?: 'jwt' | 'opaque';
  /** JWS algorithm of its access tokens; the IdP's usual one when absent. */
  readonly accessTokenSigningAlg?: string;
  /** It gets no tokens without a DPoP proof (RFC 9449 §5.2). */
  readonly dpopBoundAccessTokens?: boolean;
  /** Its access tokens are bound to its certificate (RFC 8705 §3.4). */
  readonly tlsClientCertificateBoundAccessTokens?: boolean;
}

export type Client = RegisteredClient & ClientSettings;

/** It proves nothing, so it must use PKCE (RFC 9700 §2.1.1) and gets nothing in its own name. */
export const isPublic = (client: Client) => methodsOf(client).includes('none');

export const mayUse = ({ grantTypes }: ClientSettings, grant: string) => grantTypes?.includes(grant) ?? true;

/** Throws a `Refusal` unless the client may use this grant type (RFC 6749 §5.2). */
export function demandGrant(client: ClientSettings, grant: string): void {
  if (!mayUse(client, grant)) throw new Refusal('unauthorized_client', `The client is not registered for ${grant}`);
}
