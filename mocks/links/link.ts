import { setImmediate as turn } from 'node:timers/promises';
import { FailwellError } from '../../harness/model/error.ts';
import type { EndError, ExchangeEnd } from '../../harness/model/exchange.ts';
import type { PlacedFault, Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Endpoint, Link } from '../../harness/model/parties.ts';
import { type Board, createBoard, type Placement } from './board.ts';
import { carry } from './carry.ts';
import type { SeenExchange } from './exchange.ts';
import { type FarEnd, farEnd, type HttpOrigin } from './far-end.ts';
import type { LinkTls, Listener } from './listener.ts';
import { openNearEnd } from './near-end.ts';
import { placing } from './placing.ts';
import { simulate } from './simulate.ts';
import { openTcpNearEnd } from './tcp-near-end.ts';
import { createTell, type Tell } from './tell.ts';
import type { Marks } from './timing.ts';

/** A TCP service that speaks anything but HTTP, such as a database; over TLS when `tls` is present (`ca` is PEM). */
export interface TcpOrigin {
  readonly tcp: { readonly host: string; readonly port: number; readonly tls?: { readonly ca?: string } };
}

export interface LinkOptions {
  readonly name: Link;
  readonly origin: HttpOrigin | TcpOrigin;
  /** What the near end is served with, PEM. No TLS without it. */
  readonly tls?: LinkTls | undefined;
  /** `false`: the harness itself is the near party and uses `send`; no port is opened. */
  readonly listen: boolean;
  /** Where to listen. Default `127.0.0.1`. */
  readonly host?: string;
  /** The host in `url`, where the near party knows this machine by another name than `host`. */
  readonly knownAs?: string;
  /** Default 0: one that the system chooses. */
  readonly port?: number;
  /** Tells which endpoint a path belongs to, for faults that concern one. Default: all are `other`. */
  endpointOf?(path: string): Endpoint;
  /** The correlation of the step that caused a request, if the request shows one. */
  correlationOf?(request: HttpRequest): string | undefined;
  /** Told of each exchange, and of each connection that never became one, once it has ended. Must not throw. */
  observe(seen: SeenExchange): void;
  /** Monotonic milliseconds. */
  now(): number;
}

/** What came of a request that the harness sent. `answer` is what had come, whole or not. */
export interface Sent {
  readonly exchangeId: string;
  readonly answer?: HttpAnswer;
  readonly end: ExchangeEnd;
  /** What went wrong below HTTP first. */
  readonly error?: EndError;
}

/** A wire between two parties that can be broken, and that tells of everything that passes. */
export interface OpenLink extends AsyncDisposable {
  readonly name: Link;
  /** Base URL of the near end, without a trailing slash (`tcp://host:port` without HTTP); empty when it does not listen. */
  readonly url: string;
  /**
   * Puts a fault here and resolves when it stands; call the result to clear it. A fault on connections also closes
   * those that exist, so that it is met. Rejects with a `FailwellError` for a fault that this link cannot hold.
   * @param within only requests for paths (with their query) that this lets through; all when absent
   */
  place(placed: PlacedFault, random: Random, within?: (path: string) => boolean): Promise<() => Promise<void>>;
  /** Closes every connection to the near end, so that whoever comes next has to find its way anew. */
  renew(): Promise<void>;
  /** Sends a request as the near party. Rejects with a `FailwellError` for a request that no client could send. */
  send(request: HttpRequest, options: { readonly signal: AbortSignal }): Promise<Sent>;
  /** The far end is a server at another URL (`tcp://host:port` without HTTP) from now on: it was started again. */
  retarget(url: string): Promise<void>;
}

/**
 * Opens a link. What it adds to an undisturbed exchange is HTTP/1.1 framing and nothing else; what the far end fails
 * to deliver, the near end sees fail in the same way. Dispose of it to close every socket.
 */
export async function openLink(options: LinkOptions): Promise<OpenLink> {
  const { name, now, tls, origin } = options;
  const board = createBoard((path) => options.endpointOf?.(path) ?? 'other', now);
  const tell = createTell(options);
  const carries = 'tcp' in origin ? 'bytes' : 'HTTP';
  const ends =
    'tcp' in origin ? await tcpEnds(options, origin, board, tell) : await httpEnds(options, origin, board, tell);
  const { near, send, retarget, close } = ends;

  return {
    name,
    url: near ? named(near.url, options.knownAs) : '',
    place: placing({ name, board, tls, near, carries }),
    renew: async () => await near?.drop(),
    send,
    retarget,
    async [Symbol.asyncDispose]() {
      board.clear();
      await close();
      await turn();
    },
  };
}

/** What is different with and without HTTP. */
interface Ends extends Pick<OpenLink, 'send' | 'retarget'> {
  readonly near: Listener | undefined;
  close(): Promise<void>;
}

async function httpEnds(options: LinkOptions, first: HttpOrigin, board: Board, tell: Tell): Promise<Ends> {
  const { name, now, host = '127.0.0.1', port = 0, tls } = options;
  let origin = first;
  let far: FarEnd = await farEnd(origin, now);
  const near = options.listen ? await openNearEnd({ host, port, tls, board, far: () => far, tell, now }) : undefined;
  return {
    near,
    async send(asked, { signal }) {
      const startedAt = now();
      const acted: Placement[] = [];
      const marks: Marks = {};
      const plan = board.change('link/connection', { how: 'accept' }, acted);
      const { request, planned, failure, also } = await carry(asked, { board, far, signal, acted, marks }, plan);
      const released = () => AbortSignal.any(acted.map(({ cleared }) => cleared));
      const delivered = failure
        ? { ...failure, response: planned.status > 0 ? planned : undefined }
        : await simulate(planned, { method: asked.method, signal, released, begun: () => (marks.answering = now()) });
      const { end, errors } = delivered;
      const error = errors?.[errors.first];
      const response = delivered.response && plain(delivered.response);
      const exchangeId = tell({ startedAt, asked, request, response, end, errors, acted, also, marks });
      return { exchangeId, ...(response && { answer: response }), end, ...(error && { error }) };
    },
    async retarget(url) {
      if ('handle' in origin)
        throw new FailwellError('harness', `${name} ends in a mock: only a server has a URL to change`);
      origin = { ...origin, url };
      const old = far;
      far = await farEnd(origin, now);
      await old.close();
    },
    async close() {
      await Promise.all([near?.close(), far.close()]);
    },
  };
}

async function tcpEnds(options: LinkOptions, { tcp }: TcpOrigin, board: Board, tell: Tell): Promise<Ends> {
  const { name, now, host = '127.0.0.1', port = 0, tls } = options;
  if (!options.listen)
    throw new FailwellError(
      'harness',
      `${name} carries no HTTP, so the harness cannot be its near party: let it listen`,
    );
  let far = tcp;
  const near = await openTcpNearEnd({ host, port, tls, board, far: () => far, tell, now });
  return {
    near,
    async send() {
      throw new FailwellError('harness', `${name} carries no HTTP: connect to its URL instead of sending a request`);
    },
    async retarget(url) {
      const { hostname, port: at } = new URL(url);
      far = { ...far, host: hostname.replace(/^\[|\]$/g, ''), port: Number(at) };
    },
    close: near.close,
  };
}

/** The same place, by another name. */
function named(url: string, host: string | undefined): string {
  if (host === undefined) return url;
  const { protocol, port } = new URL(url);
  return `${protocol}//${host}:${port}`;
}

function plain({ status, headers, body }: HttpAnswer): HttpAnswer {
  return { status, headers, body };
}
