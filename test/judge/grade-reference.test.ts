import { expect, test } from 'vitest';
import { grade } from '../../harness/judge/grade.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';

const lexicon = createLexicon();

/** What a gateway logs that tells the operator all: cause, what was seen, what was expected. */
const operator: readonly (readonly [cause: string, text: string])[] = [
  ['token/issuer', "issuer mismatch: iss is 'https://evil.example', expected 'https://127.0.0.1:4001'"],
  ['token/issuer', "issuer mismatch: iss is missing, expected 'https://127.0.0.1:4001'"],
  ['token/issuer', "issuer mismatch: iss is ['https://127.0.0.1:4001'], expected 'https://127.0.0.1:4001'"],
  ['token/audience', "audience mismatch: aud is ['https://other', 'x'], expected 'https://api.example'"],
  ['token/audience', "audience mismatch: aud is missing, expected 'https://api.example'"],
  ['token/expired', 'token expired: exp 2026-01-01T09:00:00Z, now 2026-01-01T09:10:02Z, leeway 5 s'],
  ['token/expired', 'token not yet valid: nbf 2026-01-01T09:00:00Z, now 2026-01-01T08:10:02Z, leeway 5 s'],
  ['idp/clock-skew', 'token issued in the future: iat 2026-01-01T09:00:00Z, now 2026-01-01T08:10:02Z, leeway 5 s'],
  ['token/expired', 'expiry time missing: exp is missing, expected a number of seconds since 1970'],
  ['token/expired', "expiry time not a number: exp is '1767225600', expected a number of seconds since 1970"],
  ['token/expired', "not-before time not a number: nbf is 'soon', expected a number of seconds since 1970"],
  ['token/expired', 'issue time missing: iat is missing, expected a number of seconds since 1970'],
  ['client/scope', "insufficient scope: scope is 'items:write', expected one with 'items:read'"],
  ['client/scope', "insufficient scope: scope is missing, expected one with 'items:read'"],
  ['gateway/plugin', 'missing Authorization header'],
  [
    'gateway/plugin',
    'missing Authorization header: the token is in the query, which is not accepted, only Authorization: Bearer is',
  ],
  ['gateway/plugin', '2 Authorization headers, expected one'],
  ['gateway/plugin', "unsupported scheme in the Authorization header: 'Basic', expected 'Bearer'"],
  ['gateway/plugin', 'malformed Authorization header: the token after Bearer is missing'],
  ['token/malformed', 'malformed token: 20000 characters, at most 16384 are accepted'],
  ['token/malformed', 'malformed token: character 7 of 900 is none that RFC 6750 §2.1 allows'],
  ['gateway/plugin', 'two access tokens: one in the Authorization header and one in the query, expected one'],
  ['token/malformed', 'malformed token: 4 parts, expected 3 parts, signed (JWS)'],
  ['token/malformed', 'malformed token: 5 parts, encrypted (JWE), expected 3 parts, signed (JWS)'],
  ['token/malformed', 'malformed token: kid of 4096 characters, at most 256 are accepted'],
  ['token/malformed', 'malformed token: the header is not base64url'],
  ['token/malformed', 'malformed token: the payload is not JSON (12 bytes)'],
  ['token/malformed', 'malformed token: the payload is an array, expected a JSON object'],
  [
    'token/malformed',
    "malformed token: crit in the header is ['https://failwell.example/x'], and no extension is understood",
  ],
  ['token/malformed', 'malformed token: crit in the header is empty, expected a list of names'],
  ['token/malformed', "wrong typ in the token's header: 'JWT', expected 'at+jwt' (RFC 9068)"],
  ['token/malformed', 'malformed token: claim jti is missing, expected a string'],
  ['token/malformed', 'malformed token: b64 in the header is not true, which no JWT may be'],
  ['token/signature', 'signature missing: the token has 2 parts, expected 3'],
  ['token/signature', "signature missing: alg is 'none', expected one of RS256, PS256, ES256"],
  ['token/signature', "signature algorithm not allowed: alg is 'HS256', expected one of RS256, PS256, ES256"],
  ['token/signature', 'signature key unknown: kid is 7, expected a string'],
  [
    'token/signature',
    `signature verification failed: 256 bytes by RS256 do not match key 'k1' of JWKS https://127.0.0.1:4001/jwks`,
  ],
  ['token/signature', `signature missing: 0 bytes by RS256 do not match key 'k1' of JWKS https://127.0.0.1:4001/jwks`],
  [
    'token/signature',
    `signature key 'k1' in JWKS https://127.0.0.1:4001/jwks does not fit: its alg is 'RS256', expected 'ES256'`,
  ],
  [
    'token/signature',
    `signature key unknown: no key with kid 'zz' in JWKS https://127.0.0.1:4001/jwks, which has 'k1', 'k2'`,
  ],
  [
    'idp/signing-keys',
    `signature key unknown: no key with kid 'zz' in JWKS https://127.0.0.1:4001/jwks, which has 'k1', 'k2'`,
  ],
  [
    'idp/signing-keys',
    `signature key unknown: kid is missing and 2 keys for RS256 are in JWKS https://127.0.0.1:4001/jwks, expected one`,
  ],
  [
    'idp/signing-keys',
    `signing key 'k1' in JWKS https://127.0.0.1:4001/jwks is not usable: its RSA members make no key`,
  ],
  [
    'idp/signing-keys',
    `signature key 'k1' in JWKS https://127.0.0.1:4001/jwks does not fit: its use is 'enc', expected 'sig'`,
  ],
  ['idp/signing-keys', `JWKS https://127.0.0.1:4001/jwks has no usable signing key: 0 keys`],
  [
    'idp/signing-keys',
    `JWKS https://127.0.0.1:4001/jwks has no usable signing key: 1 keys; kid 'k1': kty is 'oct', expected RSA or EC`,
  ],
  ['idp/signing-keys', `JWKS https://127.0.0.1:4001/jwks has no keys array: keys is undefined`],
  [
    'idp/signing-keys',
    `JWKS https://127.0.0.1:4001/jwks is not valid JSON: status 200, 'application/json', 20 bytes of text`,
  ],
  [
    'idp/signing-keys',
    `JWKS https://127.0.0.1:4001/jwks is an array, expected a JSON object: status 200, 'application/json', 2 bytes of JSON`,
  ],
  [
    'idp/endpoints',
    `JWKS https://127.0.0.1:4001/jwks answers status 404, 'text/html', an HTML page, expected status 200 with JSON`,
  ],
  [
    'idp/endpoints',
    `JWKS https://127.0.0.1:4001/jwks answers status 500, 'text/plain', an empty body, expected status 200 with JSON`,
  ],
  [
    'idp/endpoints',
    `JWKS https://127.0.0.1:4001/jwks answers with a redirect, which is not followed: status 302, 'no type', an empty body, expected status 200`,
  ],
  ['idp/endpoints', `JWKS https://127.0.0.1:4001/jwks is not valid JSON: status 200, 'text/html', an HTML page`],
  [
    'idp/endpoints',
    "discovery document https://127.0.0.1:4001/.well-known/openid-configuration is not this issuer's: issuer is 'https://x', expected 'https://127.0.0.1:4001'",
  ],
  [
    'idp/endpoints',
    'discovery document https://127.0.0.1:4001/.well-known/openid-configuration has no usable jwks_uri: it is missing, expected an https URL',
  ],
  [
    'tenant/discovery',
    "discovery document https://127.0.0.1:4001/.well-known/openid-configuration is not this issuer's: issuer is 'https://x', expected 'https://127.0.0.1:4001'",
  ],
  [
    'idp/rate-limit',
    `JWKS https://127.0.0.1:4001/jwks is rate limited: status 429, 'text/plain', an empty body, Retry-After 5 s`,
  ],
  [
    'idp/rate-limit',
    `JWKS https://127.0.0.1:4001/jwks is rate limited: status 429, 'text/plain', an empty body, Retry-After missing`,
  ],
  [
    'network/intermittent',
    `JWKS https://127.0.0.1:4001/jwks is not valid JSON: status 200, 'application/json', 20 bytes of text`,
  ],
  [
    'network/blocked',
    `JWKS https://127.0.0.1:4001/jwks not available: connection to 127.0.0.1:4001 refused (ECONNREFUSED)`,
  ],
  [
    'network/intermittent',
    `JWKS https://127.0.0.1:4001/jwks not available: connection to 127.0.0.1:4001 reset by the other side (ECONNRESET)`,
  ],
  [
    'network/intermittent',
    `JWKS https://127.0.0.1:4001/jwks not available: connection closed by 127.0.0.1:4001, incomplete answer (UND_ERR_SOCKET)`,
  ],
  [
    'network/intermittent',
    `JWKS https://127.0.0.1:4001/jwks not available: incomplete answer from 127.0.0.1:4001: truncated (UND_ERR_RES_CONTENT_LENGTH_MISMATCH)`,
  ],
  [
    'network/intermittent',
    `JWKS https://127.0.0.1:4001/jwks not available: timeout: no answer from 127.0.0.1:4001 within 2000 ms`,
  ],
  [
    'network/blocked',
    `JWKS https://127.0.0.1:4001/jwks not available: timeout: no answer from 127.0.0.1:4001 within 2000 ms`,
  ],
  [
    'network/blocked',
    `discovery document https://127.0.0.1:4001/.well-known/openid-configuration not available: timeout: no connection to 127.0.0.1:4001 within 1000 ms`,
  ],
  ['network/dns', `JWKS https://idp.test/jwks not available: DNS does not know the host name of idp.test (ENOTFOUND)`],
  [
    'idp/tls-certificate',
    `JWKS https://127.0.0.1:4001/jwks not available: the certificate of 127.0.0.1:4001 has expired (CERT_HAS_EXPIRED)`,
  ],
  [
    'idp/tls-certificate',
    `JWKS https://127.0.0.1:4001/jwks not available: the certificate of 127.0.0.1:4001 is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)`,
  ],
  [
    'idp/tls-certificate',
    `JWKS https://127.0.0.1:4001/jwks not available: the certificate of 127.0.0.1:4001 is from an unknown authority, or an intermediate certificate is missing (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`,
  ],
  [
    'idp/tls-certificate',
    `JWKS https://127.0.0.1:4001/jwks not available: TLS handshake with 127.0.0.1:4001 failed (ERR_TLS_CERT_ALTNAME_INVALID): Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: `,
  ],
  [
    'gateway/introspection',
    "introspection endpoint https://127.0.0.1:4001/introspect refuses the gateway's own client credentials: status 401, client_id 'gw', invalid_client, expected status 200",
  ],
  [
    'client/credentials',
    "introspection endpoint https://127.0.0.1:4001/introspect refuses the gateway's own client credentials: status 401, client_id 'gw', invalid_client, expected status 200",
  ],
  [
    'gateway/introspection',
    'token is not active: introspection endpoint https://127.0.0.1:4001/introspect answers active false, expected true',
  ],
  [
    'token/caching',
    'token is not active: introspection endpoint https://127.0.0.1:4001/introspect answers active false, expected true',
  ],
  [
    'gateway/status-caching',
    'token is not active: introspection endpoint https://127.0.0.1:4001/introspect answers active false, expected true',
  ],
  [
    'gateway/introspection',
    "introspection endpoint https://127.0.0.1:4001/introspect answers without a boolean active: it is a string, 'true', expected true or false",
  ],
  [
    'gateway/introspection',
    'introspection endpoint https://127.0.0.1:4001/introspect not available: connection to 127.0.0.1:4001 refused (ECONNREFUSED)',
  ],
  [
    'gateway/introspection',
    "introspection endpoint https://127.0.0.1:4001/introspect is not valid JSON: status 200, 'application/json', 5 bytes of text",
  ],
  [
    'gateway/introspection',
    "introspection endpoint https://127.0.0.1:4001/introspect answers status 500, 'text/plain', an empty body, expected status 200 with JSON",
  ],
  [
    'gateway/upstream',
    'upstream API https://127.0.0.1:5001 failed: connection to 127.0.0.1:5001 refused (ECONNREFUSED)',
  ],
  [
    'gateway/upstream',
    'upstream API https://127.0.0.1:5001 failed: timeout: no answer from 127.0.0.1:5001 within 3000 ms',
  ],
  [
    'gateway/upstream',
    'upstream API https://127.0.0.1:5001 failed: connection to 127.0.0.1:5001 reset by the other side (ECONNRESET)',
  ],
  [
    'gateway/upstream',
    'upstream API https://127.0.0.1:5001 failed: incomplete answer from 127.0.0.1:5001: truncated (UND_ERR_RES_CONTENT_LENGTH_MISMATCH)',
  ],
  ['gateway/upstream', 'upstream API https://127.0.0.1:5001 answers 500 itself, passed on'],
  ['gateway/upstream', 'upstream API https://127.0.0.1:5001 answers 401 itself, passed on'],
  [
    'migration/key-rotation',
    `signature key unknown: no key with kid 'zz' in JWKS https://127.0.0.1:4001/jwks, which has 'k1', 'k2'`,
  ],
  [
    'network/blocked',
    `no cached key with kid 'zz', and the keys cannot be refreshed: JWKS https://127.0.0.1:4001/jwks not available: connection to 127.0.0.1:4001 refused (ECONNREFUSED)`,
  ],
  [
    'idp/signing-keys',
    `no cached key with kid 'zz', and the keys cannot be refreshed: JWKS https://127.0.0.1:4001/jwks not available: connection to 127.0.0.1:4001 refused (ECONNREFUSED)`,
  ],
];

test.each(operator)('%s is D4 by: %s', (cause, text) => {
  // Words in the path, which is the harness's, and in the other fields say nothing.
  const line = `level=warn method=GET path=/items/gateway-token-expired-by-10m-1 status=401 error=invalid_token token=sha256:0123456789abcdef cause="${text}"`;
  expect(grade({ cause, audience: 'operator', texts: [line], lexicon })).toEqual({ grade: 'D4', text: line });
});

/** What the same gateway tells the caller of a token that it refuses. */
const refused: readonly (readonly [cause: string, description: string])[] = [
  ['token/issuer', 'issuer mismatch: not trusted here'],
  ['token/issuer', 'issuer missing'],
  ['token/audience', 'audience mismatch: not for this resource'],
  ['token/audience', 'audience missing'],
  ['token/expired', 'token expired at 2026-01-01T09:00:00Z'],
  ['token/expired', 'token not yet valid: valid from 2026-01-01T09:00:00Z'],
  ['token/expired', 'token issued in the future at 2026-01-01T09:00:00Z'],
  ['token/expired', 'expiry time missing'],
  ['token/expired', 'not-before time not a number'],
  ['token/expired', 'issue time missing'],
  ['client/scope', 'insufficient scope: items:read is needed'],
  ['token/malformed', 'malformed token: it has a character that no token may have'],
  ['gateway/plugin', 'two access tokens: one in the Authorization header and one in the query, expected one'],
  ['token/signature', 'signature missing'],
  ['token/signature', 'signature algorithm not allowed'],
  ['token/signature', 'signature key unknown'],
  ['token/signature', 'signature verification failed'],
  ['token/signature', 'signature key does not fit'],
  ['idp/signing-keys', 'signature key unknown'],
  ['token/malformed', 'malformed token: crit names an extension that is not understood'],
  ['token/malformed', 'wrong typ: not an access token (at+jwt)'],
  ['gateway/introspection', 'token is not active'],
];

test.each(refused)('the caller learns %s by: %s', (cause, description) => {
  const challenge = `Bearer realm="api", error="invalid_token", error_description="${description}"`;
  const body = JSON.stringify({ error: 'invalid_token', error_description: description });
  const graded = grade({ cause, audience: 'caller', texts: ['401 Unauthorized', challenge, body], lexicon });
  expect(['D3', 'D4']).toContain(graded.grade);
});

/** What it tells the caller when it is not the caller's fault. */
const behind: readonly (readonly [cause: string, description: string])[] = [
  ['network/blocked', 'JWKS of the identity provider not available: connection refused'],
  ['network/blocked', 'discovery document of the identity provider not available: timeout'],
  ['network/intermittent', 'JWKS of the identity provider not available: connection reset'],
  ['network/intermittent', 'JWKS of the identity provider not available: incomplete answer'],
  ['idp/endpoints', 'JWKS of the identity provider not usable'],
  ['idp/signing-keys', 'JWKS of the identity provider not usable'],
  ['idp/rate-limit', 'JWKS of the identity provider not usable'],
  ['idp/tls-certificate', 'JWKS of the identity provider not available: certificate expired'],
  ['idp/tls-certificate', 'JWKS of the identity provider not available: certificate not trusted'],
  ['gateway/introspection', 'introspection not available: the gateway is not allowed to ask'],
  ['gateway/introspection', 'introspection endpoint of the identity provider not available: connection refused'],
  ['gateway/upstream', 'the API behind the gateway did not answer: connection refused'],
  ['gateway/upstream', 'the API behind the gateway did not answer: timeout'],
  ['network/dns', 'JWKS of the identity provider not available: host name not found'],
  ['idp/signing-keys', 'the signing key of the identity provider is not usable'],
];

test.each(behind)('the caller learns the class of %s by: %s', (cause, description) => {
  const body = JSON.stringify({ error: 'temporarily_unavailable', error_description: description });
  const graded = grade({ cause, audience: 'caller', texts: ['503', body], lexicon });
  expect(['D2', 'D3', 'D4']).toContain(graded.grade);
});
