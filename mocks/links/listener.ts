import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { FailwellError } from '../../harness/model/error.ts';
import { type Connection, createConnections } from './connection.ts';
import type { ChainIssuer, Handshake } from './handshake.ts';

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
interface ListenerOptions {
  readonly host: string;
  /** 0: one that the system chooses. */
  readonly port: number;
  /** PEM. Plain HTTP without it. */
  readonly tls?: LinkTls | undefined;
  now(): number;
  /** A new connection. Returns whether it may go on to TLS and HTTP. */
  accept(connection: Connection): boolean;
  /** Faults on the TLS handshake. */
  readonly handshake?: Handshake | undefined;
  request(message: IncomingMessage, response: ServerResponse, connection: Connection): void;
  /** A connection closed before it became HTTP, or broke HTTP's grammar. */
  lost(connection: Connection): void;
}

/** The near end of a link: a TCP port that can really be closed, TLS, and HTTP above it. */
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
  const { host, tls } = options;
  const settings = { keepAliveTimeout: 60_000, requireHostHeader: false, maxHeaderSize: 256 * 1024 };
  const createSecure = (how: ServerOptions) => attended(createHttpsServer({ ...settings, ...how }));
  const connections = createConnections((connection) => {
    if (!connection.told && connection.served === 0) options.lost(connection);
  });

  function attended<S extends HttpServer>(server: S): S {
    server.requestTimeout = 0;
    server.headersTimeout = 0;
    server.on('secureConnection', (socket: Socket) => {
      const connection = connections.secured(socket);
      if (connection) connection.http = socket;
    });
    server.on('tlsClientError', (problem: Error, socket: Socket) => {
      const connection = connections.secured(socket);
      if (connection) connection.problem = problem;
      socket.destroy();
    });
    server.on('clientError', (problem: Error, socket: Socket) => {
      const connection = connections.of(socket);
      if (connection) connection.problem = problem;
      socket.destroy();
    });
    server.on('request', (message: IncomingMessage, response: ServerResponse) => {
      const connection = connections.of(message.socket);
      if (!connection) return void message.socket.destroy();
      connection.served += 1;
      options.request(message, response, connection);
    });
    return server;
  }
  const front = tls ? createSecure(served(tls)) : attended(createHttpServer(settings));

  function connected(raw: Socket): void {
    const connection = connections.add(raw, options.now());
    if (!options.accept(connection)) {
      connection.told = true;
      return;
    }
    if (!tls) connection.http = raw;
    else if (options.handshake?.(connection, createSecure)) return;
    front.emit('connection', raw);
  }

  let { port } = options;
  let door: Server | undefined;
  let closing: Promise<void> = Promise.resolve();

  async function listen(): Promise<void> {
    if (door) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        door = await bound({ host, port, allowHalfOpen: tls === undefined }, connected);
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
    url: `${tls ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    refuse,
    listen,
    drop,
    async close() {
      shut();
      for (const connection of connections) {
        if (connection.served === 0) connection.told = true;
        connection.raw.destroy();
      }
      front.close(() => undefined);
      await closing;
    },
  };
}

/** A certificate that nobody issued is as good as any here: whoever gets the request judges it. */
function served({ key, cert, requestClientCertificates: asks }: LinkTls): ServerOptions {
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
  const { raw, http, gone, open } = connection;
  // One whose handshake was broken has met its fault.
  if (connection.served === 0 && connection.acted.length === 0) connection.told = true;
  if (open > 0 || !http) {
    raw.destroy();
  } else {
    http.end();
    await pause(notice, undefined, { signal: gone }).catch(() => undefined);
    raw.destroy();
  }
  // `raw.closed` is true before anybody is told.
  if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
}
