import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { callback, web } from './idp-flow-fixtures.ts';
import type { served } from './idp-served.ts';

/** `openid-client` as a client of this issuer by plain HTTP, which is the only thing that it must be told to allow. */
export const discover = (
  issuer: URL,
  id: string,
  more: Partial<openid.ClientMetadata> = {},
  authentication: openid.ClientAuth = openid.ClientSecretBasic(web.secret),
  ...execute: ((config: openid.Configuration) => void)[]
) => openid.discovery(issuer, id, more, authentication, { execute: [openid.allowInsecureRequests, ...execute] });

export const insecure = { [oauth.allowInsecureRequests]: true };

/** What `oauth4webapi` found out about this issuer by plain HTTP. */
export async function found(issuer: URL, algorithm: 'oidc' | 'oauth2' = 'oidc'): Promise<oauth.AuthorizationServer> {
  const answer = await oauth.discoveryRequest(issuer, { algorithm, ...insecure });
  return oauth.processDiscoveryResponse(issuer, answer);
}

export type Build = (config: openid.Configuration, parameters: Record<string, string>) => URL | Promise<URL>;
export type Served = Awaited<ReturnType<typeof served>>;
type Tokens = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;

/** A request for a code with PKCE as `openid-client` makes it, and what it expects of the answer. */
export async function requested(
  config: openid.Configuration,
  parameters: Record<string, string> = {},
  build: Build = openid.buildAuthorizationUrl,
) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const url = await build(config, {
    redirect_uri: callback,
    scope: 'openid profile items:read offline_access',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

/** That request granted by `alice`: where she came back, and how the code is redeemed. */
export async function authorized(it: Served, config: openid.Configuration, ...how: [Record<string, string>?, Build?]) {
  const { url, checks } = await requested(config, ...how);
  const back = await it.follow(url);
  const redeem = (more?: Record<string, string>, options?: openid.DPoPOptions): Promise<Tokens> =>
    openid.authorizationCodeGrant(config, back, checks, more, options);
  return { url, back, redeem };
}
