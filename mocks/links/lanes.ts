import { isIP, connect as open, type Socket } from 'node:net';
import { connect as openTls } from 'node:tls';
import { Client } from 'undici';
import type { Marks } from './timing.ts';

/** One connection to a server, for one request at a time; opened when it is needed, and again when it was lost. */
export interface Lane {
  readonly client: Client;
  /** Gives it back for the next request. */
  free(): void;
  /** Closes it, whatever it is in the middle of. */
  drop(): void;
}

/** The connections to a server: as many as there are requests at once. */
export interface Lanes {
  /** @param marks of the request: told when a connection is opened for it */
  take(marks: Marks): Lane;
  close(): Promise<void>;
}

/** @param ca PEM */
export function createLanes(server: URL, ca: string | undefined, now: () => number): Lanes {
  const all = new Set<Client>();
  // The one that was used last is the one least likely to have been closed by its server.
  const idle: { serve(marks: Marks): Lane }[] = [];

  function lane() {
    let marks: Marks = {};
    const client = new Client(server.origin, {
      connect: (_, callback) => {
        const socket = connecting(server, ca, marks, now);
        const done = server.protocol === 'https:' ? 'secureConnect' : 'connect';
        const failed = (problem: Error) => callback(problem, null);
        // The client listens from the next turn on.
        socket.on('error', () => undefined);
        socket.once('error', failed).once(done, () => callback(null, socket.off('error', failed)));
      },
      // Whoever waits brings a signal; the client itself has no deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 2_000,
      maxHeaderSize: 256 * 1024,
    });
    all.add(client);
    const self = {
      serve(of: Marks): Lane {
        marks = of;
        return { client, free: () => void idle.push(self), drop };
      },
    };
    function drop(): void {
      all.delete(client);
      client.destroy().catch(() => undefined);
    }
    return self;
  }

  return {
    take: (marks) => (idle.pop() ?? lane()).serve(marks),
    async close() {
      await Promise.all([...all].map((client) => client.destroy()));
    },
  };
}

/** The name to verify is the server's, whatever `Host` a hostile request claims. */
function connecting(
  { protocol, hostname, port }: URL,
  ca: string | undefined,
  marks: Marks,
  now: () => number,
): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  marks.connecting = now();
  const secure = protocol === 'https:';
  const socket = secure
    ? openTls({
        host,
        port: Number(port || 443),
        servername: isIP(host) ? '' : host,
        ALPNProtocols: ['http/1.1'],
        ...(ca !== undefined && { ca }),
      })
    : open({ host, port: Number(port || 80) });
  if (secure) socket.once('secureConnect', () => (marks.secured = now()));
  return socket
    .setNoDelay(true)
    .once('lookup', () => (marks.lookedUp = now()))
    .once('connect', () => (marks.connected = now()));
}
