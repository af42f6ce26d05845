import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer as createTlsServer, type TlsOptions, type Server as TlsServer } from 'node:tls';
import { FailwellError } from '../../harness/model/error.ts';
import { type Connection, createConnections } from './connection.ts';
import type { ChainIssuer, Handshake } from './handshake.ts';
import { withoutUpgrade } from './upgrade.ts';

/** What the near end of a link is served with, PEM. */
export interface LinkTls {
  readonly key: string;
  readonly cert: string;
  /**
   * Asks for a client certificate, which any peer may decline; whatever comes goes on with each request, whoever issued
   * it. `ca` (PEM) is the authority that is suggested to the peer. Off when absent.
   */
  readonly requestClientCertificates?: { readonly ca?: string };
  /** Issues flawed certificates for the hosts of `cert`. Without it no fault on certificates can stand here. */
  readonly authority?: ChainIssuer;
}

/** What a listener is told to do with what comes in. */
export interface ListenerOptions {
  readonly host: string;
  /** 0: one that the system chooses. */
  readonly port: number;
  /** PEM. Plain HTTP without it. */
  readonly tls?: LinkTls | undefined;
  now(): number;
  /** A new connection. Returns whether it may go on to TLS and what is above it. */
  accept(connection: Connection): boolean;
  /** Faults on the TLS handshake. */
  readonly handshake?: Handshake | undefined;
  /** A connection closed before anything came, or broke HTTP's grammar. */
  lost(connection: Connection): void;
  readonly serve: Serve;
}

/** What there is above TCP and TLS: HTTP, or bytes that mean nothing here. */
type Serve =
  | {
      request(message: IncomingMessage, response: ServerResponse, connection: Connection): void;
      /** A request for another protocol. Returns whether it is taken; it is one without the wish for that otherwise. */
      upgrade(message: IncomingMessage, connection: Connection): boolean;
    }
  | { stream(socket: Socket, connection: Connection): void };

/** The near end of a link: a TCP port that can really be closed, TLS, and what is above it. */
export interface Listener {
  readonly url: string;
  /** Stops listening and closes every connection. */
  refuse(): Promise<void>;
  /** Listens on the same port again. Rejects with a `FailwellError` if another process has taken it. */
  listen(): Promise<void>;
  /** Closes every connection (or those for which `which` holds), so that the next request needs a new one. */
  drop(which?: (connection: Connection) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** How long, in milliseconds, a peer has to notice that its idle connection was closed. */
const notice = 250;

export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { host, tls, serve } = options;
  const settings = { keepAliveTimeout: 60_000, requireHostHeader: false, maxHeaderSize: 256 * 1024 };
  const connections = createConnections((connection) => {
    if (!connection.told && connection.served === 0) options.lost(connection);
  });

  function secured<S extends TlsServer>(server: S): S {
    server.on('secureConnection', (socket: Socket) => {
      const connection = connections.secured(socket);
      if (connection) connection.inner = socket;
      if (connection && 'stream' in serve) serve.stream(socket, connection);
    });
    server.on('tlsClientError', (problem: Error, socket: Socket) => {
      const connection = connections.secured(socket);
      if (connection) connection.problem = problem;
      socket.destroy();
    });
    return server;
  }

  function attended<S extends HttpServer>(server: S): S {
    if ('stream' in serve) return server;
    server.requestTimeout = 0;
    server.headersTimeout = 0;
    server.on('clientError', (problem: Error, socket: Socket) => {
      const connection = connections.of(socket);
      if (connection) connection.problem = problem;
      socket.destroy();
    });
    const heard = (message: IncomingMessage) => {
      const connection = connections.of(message.socket);
      if (connection) connection.served += 1;
      else message.socket.destroy();
      return connection;
    };
    server.on('request', (message: IncomingMessage, response: ServerResponse) => {
      const connection = heard(message);
      if (connection) serve.request(message, response, connection);
    });
    server.on('upgrade', (message: IncomingMessage, socket: Duplex, come: Buffer) => {
      const connection = heard(message);
      // Node has let go of the socket.
      if (come.byteLength > 0) socket.unshift(come);
      if (!connection || serve.upgrade(message, connection)) return;
      socket.unshift(withoutUpgrade(message));
      server.emit(tls ? 'secureConnection' : 'connection', socket);
    });
    return server;
  }

  const createSecure = (how: TlsOptions) =>
    'stream' in serve ? secured(createTlsServer(how)) : secured(attended(createHttpsServer({ ...settings, ...how })));
  const plain = 'stream' in serve ? undefined : attended(createHttpServer(settings));
  const front = tls ? createSecure(served(tls)) : plain;

  function connected(raw: Socket): void {
    const connection = connections.add(raw, options.now());
    if (!options.accept(connection)) {
      connection.told = true;
      return;
    }
    if (!tls) connection.inner = raw;
    else if (options.handshake?.(connection, createSecure)) return;
    if (front) front.emit('connection', raw);
    else if ('stream' in serve) serve.stream(raw, connection);
  }

  let { port } = options;
  let door: Server | undefined;
  let closing: Promise<void> = Promise.resolve();

  async function listen(): Promise<void> {
    if (door) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        door = await bound({ host, port, allowHalfOpen: tls === undefined || 'stream' in serve }, connected);
        break;
      } catch (problem) {
        if ((problem as NodeJS.ErrnoException).code === 'EADDRINUSE' && attempt < 20) await pause(25);
        else throw cannotListen(host, port, problem);
      }
    }
    port = (door.address() as AddressInfo).port;
  }

  /** Takes effect at once for new connections; `closing` waits for the old ones. */
  function shut(): void {
    const open = door;
    door = undefined;
    if (open) closing = Promise.all([closing, new Promise((resolve) => open.close(resolve))]).then(() => undefined);
  }

  async function refuse(): Promise<void> {
    shut();
    await drop();
  }

  async function drop(which: (connection: Connection) => boolean = () => true): Promise<void> {
    await Promise.all([...connections].filter(which).map((connection) => dropped(connection)));
  }

  await listen();
  return {
    url: `${'stream' in serve ? 'tcp' : tls ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    refuse,
    listen,
    drop,
    async close() {
      shut();
      for (const connection of connections) {
        if (connection.served === 0) connection.told = true;
        connection.raw.destroy();
      }
      front?.close(() => undefined);
      await closing;
    },
  };
}

/** A certificate that nobody issued is as good as any here: whoever gets the request judges it. */
function served({ key, cert, requestClientCertificates: asks }: LinkTls): TlsOptions {
  if (!asks) return { key, cert };
  return { key, cert, requestCert: true, rejectUnauthorized: false, ...(asks.ca !== undefined && { ca: asks.ca }) };
}

/** `allowHalfOpen` as node:http and node:https expect it of what they are given. */
function bound(
  { allowHalfOpen, ...where }: { readonly host: string; readonly port: number; readonly allowHalfOpen: boolean },
  connected: (raw: Socket) => void,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen, noDelay: true }, connected);
    server.once('error', reject).listen({ ...where, exclusive: true }, () => {
      server.off('error', reject).on('error', () => undefined);
      resolve(server);
    });
  });
}

function cannotListen(host: string, port: number, cause: unknown): FailwellError {
  const where = port === 0 ? host : `${host}:${port}`;
  const todo = port === 0 ? 'give the link an address of this machine' : 'free that port and run again';
  return new FailwellError('harness', `the link cannot listen on ${where}: ${todo}`, { cause });
}

/** An idle peer is told politely and given time to notice; one in the middle of something is cut off. */
async function dropped(connection: Connection): Promise<void> {
  const { raw, inner, gone, open } = connection;
  // One whose handshake was broken has met its fault.
  if (connection.served === 0 && connection.acted.length === 0) connection.told = true;
  if (open > 0 || !inner) {
    raw.destroy();
  } else {
    inner.end();
    await pause(notice, undefined, { signal: gone }).catch(() => undefined);
    raw.destroy();
  }
  // `raw.closed` is true before anybody is told.
  if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
}
