import { randomBytes } from 'node:crypto';
import { type CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import type { ClientSettings } from '../../../harness/model/client.ts';
import { authorizationCode, remembered, shim } from '../shim.ts';

interface Session {
  client: OAuth2Client;
  login: { readonly state: string; readonly codeVerifier: string };
}

/** A client for each user, as it keeps the user's tokens. */
const clientFor = (told: ClientSettings) =>
  new OAuth2Client({
    clientId: told.client_id,
    clientSecret: told.client_secret,
    redirectUri: told.redirect_uri,
    endpoints: { oauth2AuthBaseUrl: told.authorization_endpoint, oauth2TokenUrl: told.token_endpoint },
    issuers: [told.issuer],
  });

async function call({ call }: { readonly call: string }, { client }: Partial<Session>) {
  const { status } = await client!.request({ url: call });
  return { status };
}

await shim<Session>({
  async 'begin-login'(told, session) {
    const client = clientFor(told);
    const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
    const state = randomBytes(32).toString('hex');
    Object.assign(session, { client, login: { state, codeVerifier } });
    const redirect = client.generateAuthUrl({
      access_type: 'offline',
      scope: told.scope,
      state,
      code_challenge_method: 'S256' as CodeChallengeMethod,
      code_challenge: codeChallenge!,
    });
    return { redirect };
  },

  async 'finish-login'(told, session) {
    const { state, codeVerifier } = remembered(session, 'login');
    const { tokens } = await session.client!.getToken({ code: authorizationCode(told.callback, state), codeVerifier });
    session.client!.setCredentials(tokens);
    return call(told, session);
  },

  async refresh(told, session) {
    await session.client!.refreshAccessToken();
    return call(told, session);
  },

  call,
});
