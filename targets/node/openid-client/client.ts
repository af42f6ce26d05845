import * as client from 'openid-client';
import type { ClientSettings } from '../../../harness/model/client.ts';
import { done, remembered, shim } from '../shim.ts';

interface Session {
  checks: client.AuthorizationCodeGrantChecks;
  tokens: client.TokenEndpointResponse;
}

let discovered: client.Configuration | undefined;

/** The server's metadata are fetched once. */
async function configured({ issuer, client_id, client_secret }: ClientSettings): Promise<client.Configuration> {
  discovered ??= await client.discovery(new URL(issuer), client_id, client_secret);
  return discovered;
}

async function call(told: ClientSettings & { readonly call: string }, { tokens }: Partial<Session>) {
  const config = await configured(told);
  return done(await client.fetchProtectedResource(config, tokens!.access_token, new URL(told.call), 'GET'));
}

await shim<Session>({
  async 'client-credentials'(told, session) {
    session.tokens = await client.clientCredentialsGrant(await configured(told), { scope: told.scope });
    return call(told, session);
  },

  // As in its examples: a nonce where the server may not know PKCE.
  async 'begin-login'(told, session) {
    const config = await configured(told);
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const parameters: Record<string, string> = {
      redirect_uri: told.redirect_uri,
      scope: told.scope,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    };
    session.checks = { pkceCodeVerifier, idTokenExpected: true };
    if (!config.serverMetadata().supportsPKCE()) {
      parameters.nonce = client.randomNonce();
      session.checks.expectedNonce = parameters.nonce;
    }
    return { redirect: client.buildAuthorizationUrl(config, parameters).href };
  },

  async 'finish-login'(told, session) {
    const config = await configured(told);
    const tokens = await client.authorizationCodeGrant(config, new URL(told.callback), remembered(session, 'checks'));
    const { sub } = tokens.claims()!;
    await client.fetchUserInfo(config, tokens.access_token, sub);
    session.tokens = tokens;
    return { ...(await call(told, session)), sub };
  },

  async refresh(told, session) {
    const { tokens } = session;
    const renewed = await client.refreshTokenGrant(await configured(told), tokens!.refresh_token!);
    session.tokens = { ...tokens, ...renewed };
    return call(told, session);
  },

  call,
});
