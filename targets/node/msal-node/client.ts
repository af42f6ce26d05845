import { type AccountInfo, ConfidentialClientApplication, CryptoProvider, ProtocolMode } from '@azure/msal-node';
import type { ClientSettings } from '../../../harness/model/client.ts';
import { authorizationCode, callApi, remembered, shim } from '../shim.ts';

interface Session {
  login: { readonly verifier: string; readonly state: string; readonly nonce: string };
  account: AccountInfo;
  accessToken: string;
}

const crypto = new CryptoProvider();
let application: ConfidentialClientApplication | undefined;

/** One for all users, as it keeps everybody's tokens. */
function configured({ issuer, client_id, client_secret }: ClientSettings): ConfidentialClientApplication {
  application ??= new ConfidentialClientApplication({
    auth: {
      clientId: client_id,
      clientSecret: client_secret,
      authority: issuer,
      knownAuthorities: [new URL(issuer).host],
    },
    system: { protocolMode: ProtocolMode.OIDC },
  });
  return application;
}

/** It asks for the scope values of OpenID Connect by itself. */
const scopes = ({ scope }: ClientSettings) => scope.split(' ').filter((value) => value !== 'openid');

/** It gets tokens from its cache, renewed when that is due, each time they are needed. */
async function silently(told: ClientSettings, session: Partial<Session>, forceRefresh: boolean): Promise<void> {
  const asked = { account: session.account!, scopes: scopes(told), forceRefresh };
  session.accessToken = (await configured(told).acquireTokenSilent(asked)).accessToken;
}

await shim<Session>({
  async 'client-credentials'(told) {
    // Without skipCache it would go on with the token that it has.
    const asked = { scopes: scopes(told), skipCache: true };
    const { accessToken } = (await configured(told).acquireTokenByClientCredential(asked))!;
    return callApi(told.call, accessToken);
  },

  async 'begin-login'(told, session) {
    const { verifier, challenge } = await crypto.generatePkceCodes();
    session.login = { verifier, state: crypto.createNewGuid(), nonce: crypto.createNewGuid() };
    const { state, nonce } = session.login;
    const redirect = await configured(told).getAuthCodeUrl({
      scopes: scopes(told),
      redirectUri: told.redirect_uri,
      state,
      nonce,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
    });
    return { redirect };
  },

  async 'finish-login'(told, session) {
    const { verifier, state, nonce } = remembered(session, 'login');
    const code = authorizationCode(told.callback, state);
    const result = await configured(told).acquireTokenByCode({
      scopes: scopes(told),
      redirectUri: told.redirect_uri,
      code,
      codeVerifier: verifier,
      nonce,
    });
    session.account = result.account!;
    session.accessToken = result.accessToken;
    return { ...(await callApi(told.call, result.accessToken)), sub: result.uniqueId };
  },

  async refresh(told, session) {
    await silently(told, session, true);
    return callApi(told.call, session.accessToken!);
  },

  async call(told, session) {
    await silently(told, session, false);
    return callApi(told.call, session.accessToken!);
  },
});
