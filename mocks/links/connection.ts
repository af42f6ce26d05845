import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Placement } from './board.ts';
import { nearLeft } from './failure.ts';

/** An accepted TCP connection. */
export interface Connection {
  readonly raw: Socket;
  readonly startedAt: number;
  /** Aborted when the connection has closed. */
  readonly gone: AbortSignal;
  /** Faults that acted on the handshake. */
  acted: readonly Placement[];
  /** What is spoken on: the raw socket, or TLS over it once the handshake is done. */
  inner?: Socket;
  /** What broke the handshake or the parser. */
  problem?: Error;
  /** Requests that came (without HTTP: the connection itself), and those that are not over yet. */
  served: number;
  open: number;
  /** Accounted for: nothing more is told of it when it closes. */
  told: boolean;
}

/** The connections of a listener, found by either of their sockets. */
interface Connections extends Iterable<Connection> {
  add(raw: Socket, startedAt: number): Connection;
  /** The connection below a TLS socket, which `of` finds from then on. */
  secured(socket: Socket): Connection | undefined;
  of(socket: Socket): Connection | undefined;
}

export function createConnections(closed: (connection: Connection) => void): Connections {
  const live = new Set<Connection>();
  const byPeer = new Map<string, Connection>();
  const bySocket = new WeakMap<Socket, Connection>();

  return {
    add(raw, startedAt) {
      const closing = new AbortController();
      const connection: Connection = {
        raw,
        startedAt,
        gone: closing.signal,
        acted: none,
        served: 0,
        open: 0,
        told: false,
      };
      const peer = peerOf(raw);
      live.add(connection);
      byPeer.set(peer, connection);
      bySocket.set(raw, connection);
      raw.on('error', (problem) => {
        connection.problem ??= problem;
      });
      raw.once('close', () => {
        live.delete(connection);
        if (byPeer.get(peer) === connection) byPeer.delete(peer);
        closed(connection);
        closing.abort(nearLeft);
      });
      return connection;
    },
    secured(socket) {
      // Node tells the socket below only in private. The peer's address does as well, but is lost when the peer leaves
      // right after its alert.
      const { _parent: raw } = socket as { readonly _parent?: Socket };
      const connection = (raw && bySocket.get(raw)) ?? byPeer.get(peerOf(socket));
      if (connection) bySocket.set(socket, connection);
      return connection;
    },
    of: (socket) => bySocket.get(socket),
    [Symbol.iterator]: () => live.values(),
  };
}

function peerOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

/** A request's body, at most `limit` bytes of it. The rest of a longer one is read and dropped, within reason. */
export async function bodyOf(
  message: IncomingMessage,
  limit: number,
): Promise<{ readonly body: Uint8Array; readonly tooLong: boolean }> {
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return { body: nothing, tooLong: false };
  const chunks: Buffer[] = [];
  let bytes = 0;
  message.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes <= limit) chunks.push(chunk);
    else if (bytes > 64 * limit) message.destroy();
  });
  // It closes with its connection, too.
  await new Promise<void>((resolve) => message.once('end', resolve).once('close', resolve));
  return { body: Buffer.concat(chunks), tooLong: bytes > limit };
}

const nothing = new Uint8Array();
const none: readonly Placement[] = [];
