import { randomBytes } from 'node:crypto';
import { type AccessToken, AuthorizationCode, ClientCredentials } from 'simple-oauth2';
import type { ClientSettings } from '../../../harness/model/client.ts';
import { authorizationCode, callApi, remembered, shim } from '../shim.ts';

interface Session {
  state: string;
  accessToken: AccessToken;
}

const config = ({ client_id, client_secret, token_endpoint }: ClientSettings) => ({
  client: { id: client_id, secret: client_secret },
  auth: { tokenHost: new URL(token_endpoint).origin, tokenPath: new URL(token_endpoint).pathname },
});

function codeGrant(told: ClientSettings) {
  const { client, auth } = config(told);
  const { origin, pathname } = new URL(told.authorization_endpoint);
  return new AuthorizationCode({ client, auth: { ...auth, authorizeHost: origin, authorizePath: pathname } });
}

async function call({ call }: { readonly call: string }, { accessToken }: Partial<Session>) {
  const { access_token, token_type } = accessToken!.token;
  if (!/^bearer$/i.test(String(token_type))) throw new Error(`Unsupported token_type: ${token_type}`);
  return await callApi(call, String(access_token));
}

await shim<Session>({
  async 'client-credentials'(told, session) {
    session.accessToken = await new ClientCredentials(config(told)).getToken({ scope: told.scope });
    return call(told, session);
  },

  async 'begin-login'(told, session) {
    session.state = randomBytes(16).toString('hex');
    const { redirect_uri, scope } = told;
    return { redirect: codeGrant(told).authorizeURL({ redirect_uri, scope, state: session.state }) };
  },

  async 'finish-login'(told, session) {
    const code = authorizationCode(told.callback, remembered(session, 'state'));
    const { redirect_uri, scope } = told;
    session.accessToken = await codeGrant(told).getToken({ code, redirect_uri, scope });
    return call(told, session);
  },

  async refresh(told, session) {
    session.accessToken = await session.accessToken!.refresh({ scope: told.scope });
    return call(told, session);
  },

  async call(told, session) {
    if (session.accessToken!.expired()) session.accessToken = await session.accessToken!.refresh({ scope: told.scope });
    return call(told, session);
  },
});
