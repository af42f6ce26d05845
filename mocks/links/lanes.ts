import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { Client } from 'undici';
import type { ServerOrigin } from './far-end.ts';
import { type Destination, openSocket } from './far-socket.ts';
import type { Marks } from './timing.ts';

/** One connection to a server, for one request at a time; opened when it is needed, and again when it was lost. */
export interface Lane {
  readonly client: Client;
  /** Gives it back for the next request. */
  free(): void;
  /** Closes it, whatever it is in the middle of. */
  drop(): Promise<void>;
  /** What broke its connection first: of an alert after the handshake the client says only that the connection ended. */
  problem(): Error | undefined;
}

/** The connections to a server: as many as there are requests at once. */
export interface Lanes {
  /** @param marks of the request: told when a connection is opened for it */
  take(marks: Marks): Lane;
  close(): Promise<void>;
}

export function createLanes(server: ServerOrigin, now: () => number): Lanes {
  const { origin } = new URL(server.url);
  const destination = destinationOf(server);
  const all = new Set<Pick<Lane, 'drop'>>();
  // The one that was used last is the one least likely to have been closed by its server.
  const idle: { serve(marks: Marks): Lane }[] = [];

  function lane() {
    let marks: Marks = {};
    let socket: Socket | undefined;
    let problem: Error | undefined;
    const client = new Client(origin, {
      connect: (_, callback) => {
        const opened = openSocket(destination, marks, now);
        socket = opened;
        problem = undefined;
        const done = destination.tls ? 'secureConnect' : 'connect';
        const failed = (reason: Error) => callback(reason, null);
        opened.on('error', (broken) => {
          if (opened === socket) problem ??= broken;
        });
        opened.once('error', failed).once(done, () => callback(null, opened.off('error', failed)));
      },
      // Whoever waits brings a signal; the client itself has no deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 2_000,
      maxHeaderSize: 256 * 1024,
    });
    async function drop(): Promise<void> {
      all.delete(self);
      // The client does not know of a connection that does not stand yet.
      socket?.destroy();
      await client.destroy();
    }
    const self = {
      drop,
      serve(of: Marks): Lane {
        marks = of;
        // What was dropped serves nobody any more.
        const free = () => void (all.has(self) && idle.push(self));
        return { client, free, drop, problem: () => problem };
      },
    };
    all.add(self);
    return self;
  }

  return {
    take: (marks) => (idle.pop() ?? lane()).serve(marks),
    async close() {
      await Promise.all([...all].map((lane) => lane.drop()));
    },
  };
}

function destinationOf({ url, ca, trustsAnybody, lookup }: ServerOrigin): Destination {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  // Whatever `Host` a hostile request claims.
  const host = hostname.replace(/^\[|\]$/g, '');
  // Made once: reading a machine's whole store takes a while.
  const context =
    ca === undefined ? {} : { context: createSecureContext({ ca: typeof ca === 'string' ? ca : [...ca] }) };
  const tls = { ...context, alpn: ['http/1.1'], ...(trustsAnybody && { trustsAnybody }) };
  return { host, port: Number(port || (secure ? 443 : 80)), ...(secure && { tls }), ...(lookup && { lookup }) };
}
