import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { type LinkOptions, openLink } from '../../mocks/links/link.ts';

/** A link that notes what it sees; `until` resolves with what it has seen once that many have ended. */
export async function openSeen(options: Partial<LinkOptions> & Pick<LinkOptions, 'origin'>) {
  const seen: SeenExchange[] = [];
  let told = () => {};
  const link = await openLink({
    name: 'gateway→api',
    listen: true,
    now: () => performance.now(),
    observe(exchange) {
      seen.push(exchange);
      told();
    },
    ...options,
  });
  async function until(count: number) {
    while (seen.length < count) await new Promise<void>((resolve) => (told = resolve));
    return seen;
  }
  return { ...link, seen, until };
}

/** A real server on a port of its own. */
export async function serve(listener: RequestListener, tls?: { key: string; cert: string }) {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A TCP server that does one thing to every connection. */
export async function tcp(does: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket));
    does(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
