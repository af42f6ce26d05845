import type OAuth2Server from '@node-oauth/oauth2-server';
import type { IdpSettings } from '../idp-driver.ts';

/** Everything in memory, by the examples in the documentation of the model. */
export function createModel({
  clients,
  scope,
}: IdpSettings): OAuth2Server.AuthorizationCodeModel &
  OAuth2Server.ClientCredentialsModel &
  OAuth2Server.RefreshTokenModel {
  const known = new Set(scope.split(' '));
  const registered = [clients.confidential, clients.other, clients.awkward].map((client) => ({
    id: client.id,
    secret: client.secret,
    redirectUris: [...client.redirectUris],
    grants: [...client.grantTypes],
  }));
  const codes = new Map<string, OAuth2Server.AuthorizationCode>();
  const accessTokens = new Map<string, OAuth2Server.Token>();
  const refreshTokens = new Map<string, OAuth2Server.RefreshToken>();

  return {
    // A falsy secret is not asked for: that is how its example queries the database.
    getClient: async (id, secret) => registered.find((one) => one.id === id && (!secret || one.secret === secret)),
    getUserFromClient: async ({ id }) => ({ id }),
    validateScope: async (_user, _client, asked) =>
      asked === undefined ? [...known] : asked.every((value) => known.has(value)) && asked,
    saveAuthorizationCode: async (code, client, user) => {
      const saved = { ...code, client, user };
      codes.set(code.authorizationCode, saved);
      return saved;
    },
    getAuthorizationCode: async (code) => codes.get(code),
    revokeAuthorizationCode: async ({ authorizationCode }) => codes.delete(authorizationCode),
    saveToken: async (token, client, user) => {
      const saved = { ...token, client, user };
      accessTokens.set(token.accessToken, saved);
      if (token.refreshToken !== undefined)
        refreshTokens.set(token.refreshToken, { ...saved, refreshToken: token.refreshToken });
      return saved;
    },
    getAccessToken: async (token) => accessTokens.get(token),
    verifyScope: async (token, asked) => asked.every((value) => token.scope?.includes(value)),
    getRefreshToken: async (token) => refreshTokens.get(token),
    revokeToken: async ({ refreshToken }) => refreshTokens.delete(refreshToken),
  };
}
