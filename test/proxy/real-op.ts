import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { type RunningProxy, startProxy } from '../../harness/proxy.ts';

export const audience = 'urn:failwell:items';
export const scope = 'items:read';
export const secret = 'a-secret-that-is-only-for-tests';

/** oidc-provider as it is run behind a proxy, which gives it its name: here ours. */
export async function openRealOp(): Promise<AsyncDisposable & { readonly proxy: RunningProxy }> {
  await using opening = new AsyncDisposableStack();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  opening.defer(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  const to = `http://localhost:${(server.address() as AddressInfo).port}`;
  const proxy = opening.use(await startProxy({ to, tls: true, keepHost: true, host: '127.0.0.1', seed: 1 }));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(proxy.url, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'op', alg: 'RS256', use: 'sig' }] },
    clients: [
      {
        client_id: 'app',
        client_secret: secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: [scope],
    clientBasedCORS: () => true,
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: () => ({ scope, audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
    },
  });
  // It heeds X-Forwarded-Proto; its types do not know that.
  Object.assign(provider, { proxy: true });
  server.on('request', provider.callback());
  const cleanup = opening.move();
  return { proxy, [Symbol.asyncDispose]: () => cleanup.disposeAsync() };
}
