import { expect, test } from 'vitest';
import { grade } from '../../harness/judge/grade.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';

const lexicon = createLexicon();

/** Cause, least grade, and what a client library throws for it, as a shim tells it with its causes. */
const said: readonly (readonly [cause: string, least: string, text: string])[] = [
  // mod_auth_openidc 2.4
  [
    'attack/mix-up',
    'D4',
    'oidc_proto_validate_issuer_client_id: configured issuer (https://idp.example) does not match the issuer provided in the response by the OP (https://honest.example)',
  ],
  ['token/audience', 'D3', 'oidc_proto_validate_aud_and_azp: id_token JSON payload did not contain an "aud" claim'],
  [
    'token/audience',
    'D4',
    'the "azp" claim (other-client) is present in the id_token, but is not equal to the configured client_id (app)',
  ],
  ['token/expired', 'D3', 'oidc_proto_validate_exp: JWT did not contain an "exp" number value'],
  ['token/malformed', 'D3', 'id_token JSON payload did not contain the required-by-spec "sub" string value'],
  [
    'idp/clock-skew',
    'D3',
    'oidc_proto_validate_iat: "iat" validation failure (1796075795): JWT was issued more than 600 seconds in the future',
  ],
  ['attack/code', 'D3', 'provided "at_hash" hash value (OdvaE_d-sw) does not match the calculated value'],
  [
    'network/intermittent',
    'D3',
    'curl_easy_perform() failed on: https://idp.example/token (OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to idp.example:443)',
  ],
  ['idp/endpoints', 'D3', 'curl_easy_perform() failed on: https://idp.example/token (Maximum (5) redirects followed)'],
  // joserfc, under Authlib
  ['token/issuer', 'D3', "InvalidClaimError: invalid_claim: Invalid claim: 'iss' (invalid_claim)"],
  ['token/audience', 'D3', "MissingClaimError: missing_claim: Missing claim: 'aud' (missing_claim)"],
  ['token/expired', 'D3', "MissingClaimError: missing_claim: Missing claim: 'exp' (missing_claim)"],
  ['token/malformed', 'D3', "MissingClaimError: missing_claim: Missing claim: 'sub' (missing_claim)"],
  ['attack/code', 'D3', "InvalidClaimError: invalid_claim: Invalid claim: 'at_hash' (invalid_claim)"],
  // oauth4webapi and openid-client 6
  ['token/expired', 'D3', 'OperationProcessingError: JWT "exp" (expiration time) claim missing'],
  ['token/malformed', 'D3', 'OperationProcessingError: JWT "sub" (subject) claim missing'],
  ['token/malformed', 'D3', 'OperationProcessingError: unexpected "response" body "sub" property value'],
  ['idp/endpoints', 'D2', 'ClientFailure: UserInfo endpoint of the identity provider not usable (idp_unavailable)'],
  [
    'client/credentials',
    'D3',
    'ResponseBodyError: server responded with an error in the response body (invalid_client)',
  ],
  [
    'client/credentials',
    'D3',
    'WWWAuthenticateChallengeError: server responded with a challenge in the WWW-Authenticate HTTP Header (OAUTH_WWW_AUTHENTICATE_CHALLENGE) ← Error: invalid_client',
  ],
  [
    'idp/clock-skew',
    'D2',
    'ClientError: unexpected JWT "exp" (expiration time) claim value, expiration is past current timestamp (OAUTH_JWT_TIMESTAMP_CHECK_FAILED)',
  ],
  [
    'token/expired',
    'D3',
    'ClientError: unexpected JWT "exp" (expiration time) claim value, expiration is past current timestamp (OAUTH_JWT_TIMESTAMP_CHECK_FAILED)',
  ],
  ['token/issuer', 'D3', 'ClientError: unexpected JWT "iss" (issuer) claim value (OAUTH_JWT_CLAIM_COMPARISON_FAILED)'],
  [
    'token/audience',
    'D3',
    'ClientError: unexpected JWT "aud" (audience) claim value (OAUTH_JWT_CLAIM_COMPARISON_FAILED)',
  ],
  [
    'token/audience',
    'D3',
    'ClientError: ID Token "aud" (audience) claim includes additional untrusted audiences (OAUTH_JWT_CLAIM_COMPARISON_FAILED)',
  ],
  [
    'token/audience',
    'D3',
    'ClientError: unexpected ID Token "azp" (authorized party) claim value (OAUTH_JWT_CLAIM_COMPARISON_FAILED)',
  ],
  ['attack/csrf', 'D3', 'ClientError: unexpected ID Token "nonce" claim value (OAUTH_JWT_CLAIM_COMPARISON_FAILED)'],
  ['attack/csrf', 'D3', 'ClientError: JWT "nonce" (nonce) claim missing (OAUTH_INVALID_RESPONSE)'],
  ['attack/csrf', 'D3', 'ClientError: unexpected "state" response parameter value (OAUTH_INVALID_RESPONSE)'],
  ['attack/csrf', 'D3', 'ClientError: response parameter "state" missing (OAUTH_INVALID_RESPONSE)'],
  ['attack/mix-up', 'D3', 'ClientError: unexpected "iss" (issuer) response parameter value (OAUTH_INVALID_RESPONSE)'],
  ['attack/mix-up', 'D3', 'ClientError: response parameter "iss" (issuer) missing (OAUTH_INVALID_RESPONSE)'],
  ['token/signature', 'D3', 'ClientError: JWT signature verification failed (OAUTH_INVALID_RESPONSE)'],
  ['token/signature', 'D3', 'ClientError: unexpected JWT "alg" header parameter (OAUTH_INVALID_RESPONSE)'],
  [
    'idp/signing-keys',
    'D3',
    'ClientError: error when selecting a JWT verification key, no applicable keys found (OAUTH_KEY_SELECTION_FAILED)',
  ],
  ['idp/token-issuance', 'D2', 'ClientError: unexpected response content-type (OAUTH_RESPONSE_IS_NOT_JSON)'],
  [
    'idp/token-issuance',
    'D2',
    'ClientError: "response" content-type must be application/json (OAUTH_RESPONSE_IS_NOT_JSON)',
  ],
  [
    'idp/token-issuance',
    'D2',
    'ClientError: failed to parse "response" body as JSON (OAUTH_PARSE_ERROR) ← SyntaxError: Unexpected token \'<\', "<!doctype "... is not valid JSON',
  ],
  [
    'idp/token-issuance',
    'D3',
    'ClientError: "response" is not a conform Token Endpoint response (unexpected HTTP status code) (OAUTH_RESPONSE_IS_NOT_CONFORM)',
  ],
  [
    'idp/token-issuance',
    'D3',
    'ClientError: "response" body "access_token" property must be a string (OAUTH_INVALID_RESPONSE)',
  ],
  ['idp/token-issuance', 'D3', 'ClientError: unsupported `token_type` value (OAUTH_UNSUPPORTED_OPERATION)'],
  [
    'idp/endpoints',
    'D3',
    'ClientError: "response" is not a conform Authorization Server Metadata response (unexpected HTTP status code) (OAUTH_RESPONSE_IS_NOT_CONFORM)',
  ],
  [
    'idp/endpoints',
    'D3',
    'ClientError: "response" body "issuer" property does not match the expected value (OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED)',
  ],
  [
    'idp/endpoints',
    'D3',
    'ClientError: authorization server metadata does not contain a valid "as.token_endpoint" (OAUTH_MISSING_SERVER_METADATA)',
  ],
  ['idp/signing-keys', 'D3', 'ClientError: "response" body "keys" property must be an array (OAUTH_INVALID_RESPONSE)'],
  ['refresh/revoked', 'D2', 'ResponseBodyError: server responded with an error in the response body (invalid_grant)'],
  // Node and undici
  ['idp/tls-certificate', 'D3', 'TypeError: fetch failed ← Error: certificate has expired (CERT_HAS_EXPIRED)'],
  [
    'idp/tls-certificate',
    'D3',
    'TypeError: fetch failed ← Error: self-signed certificate in certificate chain (SELF_SIGNED_CERT_IN_CHAIN)',
  ],
  [
    'idp/tls-certificate',
    'D3',
    "TypeError: fetch failed ← Error: Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list:  (ERR_TLS_CERT_ALTNAME_INVALID)",
  ],
  ['idp/tls-certificate', 'D3', 'TypeError: fetch failed ← Error: certificate is not yet valid (CERT_NOT_YET_VALID)'],
  [
    'network/blocked',
    'D3',
    'TypeError: fetch failed ← ConnectTimeoutError: Connect Timeout Error (attempted address: 127.0.0.1:4433, timeout: 10000ms) (UND_ERR_CONNECT_TIMEOUT)',
  ],
  ['network/blocked', 'D3', 'TypeError: fetch failed ← AggregateError:  (ECONNREFUSED)'],
  ['network/intermittent', 'D3', 'TypeError: fetch failed ← SocketError: other side closed (UND_ERR_SOCKET)'],
  ['network/intermittent', 'D3', 'TypeError: fetch failed ← Error: read ECONNRESET (ECONNRESET)'],
  ['network/dns', 'D3', 'TypeError: fetch failed ← Error: getaddrinfo ENOTFOUND idp.failwell.test (ENOTFOUND)'],
  // simple-oauth2, google-auth-library, MSAL and passport-openidconnect
  ['client/credentials', 'D2', 'Error: Response Error: 401 Unauthorized ← Error: invalid_client'],
  ['client/credentials', 'D3', 'ServerError: invalid_client: Client authentication failed (invalid_client)'],
  ['client/credentials', 'D3', 'TokenError: Client authentication failed (invalid_client)'],
  ['attack/csrf', 'D3', 'Error: Unable to verify authorization request state.'],
  ['attack/csrf', 'D3', 'Error: Invalid authorization request state.'],
  // curl and Authlib
  ['idp/tls-certificate', 'D3', 'curl: (60) SSL certificate problem: certificate has expired'],
  ['idp/tls-certificate', 'D3', 'curl: (60) SSL certificate problem: self-signed certificate in certificate chain'],
  [
    'network/blocked',
    'D3',
    'curl: (7) Failed to connect to 127.0.0.1 port 4433 after 0 ms: Could not connect to server',
  ],
  ['network/intermittent', 'D3', 'curl: (56) Recv failure: Connection reset by peer'],
  ['client/credentials', 'D3', 'OAuthError: invalid_client: Client authentication failed (invalid_client)'],
  [
    'attack/csrf',
    'D3',
    'MismatchingStateError: mismatching_state: CSRF Warning! State not equal in request and response. (mismatching_state)',
  ],
  // The reference client, to its operator and to its user
  [
    'idp/clock-skew',
    'D4',
    'ID token refused: ID token expired: exp 2026-11-23T07:00:00Z, now 2026-11-23T09:00:02Z, leeway 5 s',
  ],
  [
    'attack/mix-up',
    'D3',
    "authorization response refused: issuer mismatch: iss got 'https://evil.example', expected 'https://idp.example' (mix-up, RFC 9207)",
  ],
];

test.each(said)('%s is named (%s): %s', (cause, least, text) => {
  const { grade: came, misleading } = grade({ cause, audience: 'operator', texts: [text], lexicon });
  expect(misleading).toBeUndefined();
  expect(came >= least, `${came}, expected at least ${least}`).toBe(true);
});
