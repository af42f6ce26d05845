import type { JsonObject } from '../../../harness/model/json.ts';
import { methodsOf, type RegisteredClient } from '../client-authentication/registration.ts';
import { Refusal } from '../http/answer.ts';

/** What is registered about a client besides how it proves itself (RFC 7591 §2). */
export interface ClientSettings {
  /** Where authorization responses may go; none when absent. */
  readonly redirectUris?: readonly string[];
  /** Grant types that it may use; all when absent. Naming `refresh_token` gets it refresh tokens without `offline_access`. */
  readonly grantTypes?: readonly string[];
  /** Response types that it may use; `code` when absent. */
  readonly responseTypes?: readonly string[];
  /** Scope values that it may ask for, space-delimited; all when absent. */
  readonly scope?: string;
  /** Whether it knows users by identifiers of its own sector; `public` when absent (OIDC Core §8). */
  readonly subjectType?: 'public' | 'pairwise';
  /** JWS algorithm of its ID tokens; the usual one (`RS256`) when absent, `HS256` signs with its secret. */
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
  /** Further claims of its access tokens: `roles`, `tenant_id`, … */
  readonly customClaims?: JsonObject;
  /** It gets no tokens without a DPoP proof (RFC 9449 §5.2). */
  readonly dpopBoundAccessTokens?: boolean;
  /** Its access tokens are bound to its certificate (RFC 8705 §3.4). */
  readonly tlsClientCertificateBoundAccessTokens?: boolean;
  /** Where the browser may go after a logout; none when absent (RP-Initiated Logout §3.1). */
  readonly postLogoutRedirectUris?: readonly string[];
  /** Loaded in a frame when a session ends in which it took part (Front-Channel Logout §2). */
  readonly frontchannelLogoutUri?: string;
  /** `false` leaves `iss` and `sid` out of that URL. */
  readonly frontchannelLogoutSessionRequired?: boolean;
  /** Gets a logout token when a session ends in which it took part (Back-Channel Logout §2.2). */
  readonly backchannelLogoutUri?: string;
  /** `false` leaves `sid` out of that token. */
  readonly backchannelLogoutSessionRequired?: boolean;
  /** Seconds; what `max_age` is when a request says nothing (OpenID Connect Registration §2). */
  readonly defaultMaxAge?: number;
  /** What `acr_values` are when a request asks for none. */
  readonly defaultAcrValues?: readonly string[];
  /** It must push its authorization requests (RFC 9126 §6); as usual at this IdP when absent. */
  readonly requirePushedAuthorizationRequests?: boolean;
  /** They must be signed (RFC 9101 §10.5); as usual at this IdP when absent. */
  readonly requireSignedRequestObject?: boolean;
  /** The only JWS algorithm of its request objects; any that fits its keys when absent. */
  readonly requestObjectSigningAlg?: string;
  /** Where request objects may be fetched (OIDC Core §6.2); nowhere when absent. */
  readonly requestUris?: readonly string[];
  /** JWS algorithm of authorization responses as a JWT; `RS256` when absent (JARM §3). */
  readonly authorizationSignedResponseAlg?: string;
  readonly authorizationEncryptedResponseAlg?: string;
  readonly authorizationEncryptedResponseEnc?: string;
  /** Types of authorization details that it may use; all of the IdP's when absent (RFC 9396 §10). */
  readonly authorizationDetailsTypes?: readonly string[];
  /** What else it says of itself, by metadata name: `client_name`, `logo_uri`, … (RFC 7591 §2). */
  readonly profile?: JsonObject;
  /** How it gets tokens by CIBA: it asks again and again, or is told when to; `poll` when absent (CIBA Core §4). */
  readonly backchannelTokenDeliveryMode?: 'poll' | 'ping';
  /** Where it is told (CIBA Core §10.2). */
  readonly backchannelClientNotificationEndpoint?: string;
  /** It sends the secret code of users who have one (CIBA Core §4). */
  readonly backchannelUserCodeParameter?: boolean;
}

export type Client = RegisteredClient & ClientSettings;

/** It proves nothing, so it must use PKCE (RFC 9700 §2.1.1) and gets nothing in its own name. */
export const isPublic = (client: Client) => methodsOf(client).includes('none');

export const mayUse = ({ grantTypes }: ClientSettings, grant: string) => grantTypes?.includes(grant) ?? true;

/** Throws a `Refusal` unless the client may use this grant type (RFC 6749 §5.2). */
export function demandGrant(client: ClientSettings, grant: string): void {
  if (!mayUse(client, grant)) throw new Refusal('unauthorized_client', `The client is not registered for ${grant}`);
}
