import { Client } from 'undici';
import { openSocket } from './far-socket.ts';
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
  const { protocol, hostname, port, origin } = server;
  const tls = protocol === 'https:' ? { ca, alpn: ['http/1.1'] } : undefined;
  // Whatever `Host` a hostile request claims.
  const host = hostname.replace(/^\[|\]$/g, '');
  const destination = { host, port: Number(port || (tls ? 443 : 80)), tls };
  const all = new Set<Client>();
  // The one that was used last is the one least likely to have been closed by its server.
  const idle: { serve(marks: Marks): Lane }[] = [];

  function lane() {
    let marks: Marks = {};
    const client = new Client(origin, {
      connect: (_, callback) => {
        const socket = openSocket(destination, marks, now);
        const done = tls ? 'secureConnect' : 'connect';
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
