import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { alg, serving, work } from '../serving.ts';

/** With its in-memory adapter, and JWT access tokens (which its resource indicators are for). */
const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { privateKey } = await generateKeyPair(alg, { extractable: true });

const provider = new Provider(url, {
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'bench', alg, use: 'sig' }] },
  clients: [
    {
      client_id: work.client.id,
      client_secret: work.client.secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: alg,
    },
  ],
  scopes: work.scope.split(' '),
  ttl: { ClientCredentials: work.lifetime },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => work.audience,
      getResourceServerInfo: () => ({
        scope: work.scope,
        audience: work.audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: work.lifetime,
        jwt: { sign: { alg } },
      }),
    },
  },
});
server.on('request', provider.callback());
serving({ token: `${url}/token`, jwks: `${url}/jwks` });
