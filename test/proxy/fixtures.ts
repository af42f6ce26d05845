import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ProxyStart, type RunningProxy, startProxy } from '../../harness/proxy.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { folderOf } from '../cli/failwell.ts';

/** A proxy, as long as the test runs. */
export async function proxied(options: ProxyStart = {}): Promise<RunningProxy> {
  const proxy = await startProxy({ seed: 1, ...options });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  return proxy;
}

/** A server of these answers on loopback, as long as the test runs. */
export async function served(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { secure = false }: { readonly secure?: boolean } = {},
) {
  const seen: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push(request);
    answer(request, response);
  };
  const authority = secure ? await createAuthority({ clock: { now: () => Date.now() } }) : undefined;
  const leaf = await authority?.issue({ hosts: ['localhost', '127.0.0.1'] });
  const server = leaf ? createSecure(leaf, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  const folder = authority && (await folderOf({ 'ca.pem': authority.caPem }));
  const { port } = server.address() as AddressInfo;
  const scheme = secure ? 'https' : 'http';
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    byName: `${scheme}://localhost:${port}`,
    port,
    seen,
    ca: `${folder}/ca.pem`,
  };
}

/** Answers JSON. */
export const json =
  (value: (request: IncomingMessage) => unknown, headers: Record<string, string | string[]> = {}) =>
  (request: IncomingMessage, response: ServerResponse) =>
    void response
      .writeHead(200, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value(request)));
