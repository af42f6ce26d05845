import type { Cause } from './cause.ts';
import type { Role } from './parties.ts';

const client: readonly Role[] = ['client'];
const gateway: readonly Role[] = ['gateway'];
const clientIdp: readonly Role[] = ['client', 'idp'];
const clientGateway: readonly Role[] = ['client', 'gateway'];
const all: readonly Role[] = ['client', 'gateway', 'idp'];

function cause(id: string, roles: readonly Role[], breaks: string, namedBy: string): Cause {
  return { id, breaks, roles, namedBy };
}

/** Every root cause that Failwell knows how to produce and how to recognise. Other packages may add their own. */
export const causes: readonly Cause[] = [
  // Client configuration.
  cause(
    'client/credentials',
    all,
    'the credentials of a client do not fit: secret wrong, empty, missing, expired, rotated, revoked or with stray spaces; ' +
      'badly encoded in Basic; client id unknown or of another environment; wrong authentication method',
    'the client concerned and that its credential was refused as wrong or expired: invalid_client',
  ),
  cause(
    'client/redirect-uri',
    clientIdp,
    'the redirect URI differs from the registered one in any part, is doubled or absent, or a loopback port is not tolerated',
    'the redirect URI that was sent and that it is not registered: an error page, invalid_grant or invalid_redirect_uri',
  ),
  cause(
    'client/scope',
    all,
    'a scope is unknown, misspelt, not allowed, empty, doubled, or narrowed by the IdP',
    'the scope concerned: invalid_scope or insufficient_scope',
  ),
  cause(
    'client/type',
    clientIdp,
    'a public client sends a secret, a confidential one sends none, or a grant is not allowed for the client',
    'that client authentication is missing (invalid_client) or the grant not allowed (unauthorized_client)',
  ),
  cause(
    'client/endpoints',
    ['idp'],
    'what a client serves for the IdP cannot be had or is wrong: its keys at jwks_uri, its request object at request_uri, ' +
      'the place where it is told of a logout',
    'the client, the URL that was tried, and what came of it',
  ),
  // Authorization server.
  cause(
    'idp/store',
    ['idp'],
    'the database of the IdP refuses connections, resets them, answers slowly or not at all',
    'the database, and which of these it is',
  ),
  cause(
    'idp/endpoints',
    all,
    'an endpoint URL of the IdP is wrong, discovery sits at another path, or the registration is wrong',
    'the endpoint and the URL that was tried',
  ),
  cause(
    'idp/signing-keys',
    all,
    'the signing key is expired, withdrawn, rotated, unknown or doubled by kid, of the wrong type or use; the JWKS is empty or malformed',
    'the kid or that no key matches, and the JWKS URL',
  ),
  cause(
    'idp/token-issuance',
    all,
    'the token endpoint answers with nothing, bad JSON, another content type, HTML, missing or wrongly typed members, ' +
      'a 5xx, or an error under status 200; parts of the IdP are down',
    'the token endpoint and what was wrong with its answer',
  ),
  cause(
    'idp/clock-skew',
    all,
    'the clock of the IdP, client or gateway runs fast or slow, by half a minute up to an hour',
    'iat, nbf or exp compared with now, or the skew itself',
  ),
  cause(
    'idp/tls-certificate',
    all,
    'the certificate of the IdP is expired, not yet valid, self-signed, from an unknown authority, for another host, ' +
      'incomplete, revoked, or weak in key or protocol',
    'the certificate, and which of these it is',
  ),
  cause(
    'idp/rate-limit',
    all,
    'the IdP limits or blocks for a while: 429 with or without Retry-After, 503, a challenge page of a firewall',
    'that requests are limited, and when to try again',
  ),
  // Network.
  cause(
    'network/blocked',
    clientGateway,
    'the connection is refused or times out, a proxy answers 403 or 407, a captive page answers, a proxy opens TLS',
    'the host and port, and whether it was refused, timed out or stopped by a proxy',
  ),
  cause(
    'network/dns',
    clientGateway,
    'a name does not resolve, fails, resolves slowly or to another address',
    'the name that could not be resolved',
  ),
  cause(
    'network/cors',
    all,
    'Access-Control-Allow headers are absent or wrong, or the preflight is refused',
    'CORS, with origin and header',
  ),
  cause(
    'network/intermittent',
    all,
    'answers are reset, cut short, trickled or corrupt, or only the first few fail; a component is frozen, ended or cut off ' +
      'for a moment',
    'an incomplete answer or a connection reset',
  ),
  // Tokens.
  cause(
    'token/malformed',
    clientGateway,
    'the token is no JWT or a broken one: number of parts, base64url, JSON, empty, huge, typ, crit, encrypted instead of signed',
    'that it is malformed, and where',
  ),
  cause(
    'token/expired',
    clientGateway,
    'exp has passed, nbf lies ahead, iat is absurd, or one of them is absent or of the wrong type',
    'expired or not yet valid, with the times',
  ),
  cause(
    'token/signature',
    clientGateway,
    'the signature does not hold: tampered, stripped, none, RS/HS confusion, foreign or embedded key, jku, x5u, x5c, ' +
      'kid injection, all-zero ECDSA, wrong algorithm',
    'the signature, the algorithm or the key',
  ),
  cause(
    'token/audience',
    clientGateway,
    'the audience is wrong, absent, meant for another client, mixed with an untrusted one, or differs in case',
    'the audience, expected and received',
  ),
  cause(
    'token/issuer',
    clientGateway,
    'the issuer is wrong, absent, off by a slash or by case, an array, or spoofed',
    'the issuer, expected and received',
  ),
  cause(
    'token/caching',
    clientGateway,
    'a client or something in between goes on using a stale or revoked token',
    'that the token is revoked or inactive',
  ),
  // Gateway.
  cause(
    'gateway/upstream',
    gateway,
    'the route leads to the wrong IdP or API; the upstream, or one replica of it, is down, slow or wrong; the token endpoint is routed through the gateway',
    'the upstream concerned, and that the token of the caller is not to blame',
  ),
  cause(
    'gateway/plugin',
    gateway,
    'the token stands in the wrong place, comes twice, under another scheme or case, or its header is lost or doubled on the way',
    'that Authorization is missing or malformed',
  ),
  cause(
    'gateway/policy',
    gateway,
    'a policy refuses: address, rate, list, method, subscription, or a rule so broad that it catches token requests',
    'the policy, so that it cannot be mistaken for a bad token',
  ),
  cause(
    'gateway/introspection',
    gateway,
    'introspection is down, slow, refuses the credentials of the gateway, answers bad JSON or active false, or is cached too long',
    'introspection, and which of these',
  ),
  cause(
    'gateway/configuration',
    gateway,
    'issuer, JWKS URL, client id or secret is unset, a placeholder, stale, or of another environment',
    'the setting, when the gateway starts rather than at every request',
  ),
  cause(
    'gateway/overload',
    gateway,
    'there is more load than it bears, a cache is full, or the IdP is slow under load',
    'overload, apart from a bad token; never by letting requests through',
  ),
  cause(
    'gateway/bypass',
    gateway,
    'a way around the check: path normalisation, skip lists, spoofed identity headers, method override, upgrade, smuggling',
    'nothing more than a refusal',
  ),
  // Requests.
  cause(
    'request/method',
    clientIdp,
    'GET, PUT or HEAD is used on the token, revocation or introspection endpoint',
    'that the method is not allowed',
  ),
  cause(
    'request/headers',
    all,
    'Content-Type, Accept or Authorization is missing, wrong or doubled',
    'the header concerned',
  ),
  cause(
    'request/encoding',
    clientIdp,
    'the body is JSON or multipart, in another charset, encoded twice, too large, or repeats a parameter',
    'the encoding or the parameter',
  ),
  // Advanced.
  cause(
    'refresh/revoked',
    clientIdp,
    'the refresh token was revoked by log-out, password change or compromise, used again after rotation, or belongs to another client',
    'that it is revoked and the user must sign in again: invalid_grant',
  ),
  cause(
    'refresh/expired',
    clientIdp,
    'the idle or absolute lifetime of the refresh token is over',
    'that it has expired',
  ),
  cause(
    'gateway/status-caching',
    gateway,
    'a cache still lets a revoked token in, or keeps a valid one out, for some time',
    'the measured staleness in seconds',
  ),
  cause(
    'policy/conditional-access',
    clientIdp,
    'the IdP asks for interaction, log-in or consent, or denies access by policy',
    'the code of the policy, and what the user must do',
  ),
  cause(
    'policy/adaptive',
    all,
    'a stronger authentication is asked for on the way (RFC 9470), or a second factor is required',
    'insufficient_user_authentication and the acr that is wanted',
  ),
  cause(
    'policy/assurance-claims',
    clientGateway,
    'acr, amr or auth_time is missing, too weak or misread',
    'the claim, wanted and received',
  ),
  cause(
    'tenant/configuration',
    all,
    'client id, secret, redirect URI or issuer belongs to another tenant',
    'that the tenant does not match',
  ),
  cause(
    'tenant/isolation',
    all,
    'a token, code, refresh token or key of one tenant is used at another',
    'a refusal; nothing crosses over',
  ),
  cause(
    'tenant/discovery',
    clientGateway,
    'discovery of one of several issuers is missing, mismatched, slow or redirected',
    'discovery, and which issuer',
  ),
  cause(
    'migration/interpretation',
    clientGateway,
    'another provider speaks another dialect: lifetimes, parameters, claim shapes, scope or aud as array or string, opaque tokens',
    'what was different',
  ),
  cause(
    'migration/key-rotation',
    clientGateway,
    'a new JWKS with both issuers valid, the old key gone, or a cache that was not refreshed',
    'the kid, and whether the JWKS was fetched anew',
  ),
  cause(
    'migration/error-mapping',
    clientGateway,
    'errors come with other codes, other statuses or in another shape',
    'the right cause all the same',
  ),
  cause(
    'extension/claims',
    clientGateway,
    'a custom claim is missing, malformed, nested, namespaced or huge',
    'the claim',
  ),
  cause(
    'extension/grants',
    clientIdp,
    'a custom grant type is not supported, or only by half',
    'unsupported_grant_type, and which grant',
  ),
  // Attacks that the practices forbid.
  cause(
    'attack/mix-up',
    client,
    'a code comes from another IdP, iss of the response is wrong or missing though advertised (RFC 9207), or an IdP injects an audience',
    'the issuer of the response',
  ),
  cause(
    'attack/csrf',
    client,
    'state is missing, wrong or of another session; a nonce is replayed; a session is overwritten',
    'state or nonce',
  ),
  cause(
    'attack/code',
    clientIdp,
    'a code is used again, by another client, with another redirect URI or in parallel; PKCE is missing, wrong or downgraded',
    'that the code was used already, or PKCE',
  ),
  cause(
    'attack/open-redirect',
    clientIdp,
    'somebody is redirected to an unregistered place, perhaps only when an error is reported',
    'no redirect at all',
  ),
  cause(
    'attack/sender-constraint',
    all,
    'the DPoP proof is missing, replayed, or wrong in htu, htm, ath or jkt; the mTLS certificate is missing or another',
    'the proof, and which member of it',
  ),
  cause(
    'attack/secrets',
    all,
    'a secret or token stands in a URL, log, error page, Referer, front channel, Web Storage, or a cookie without its flags',
    'nothing: it must be absent',
  ),
];
