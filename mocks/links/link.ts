import { setImmediate as turn } from 'node:timers/promises';
import { FailwellError } from '../../harness/model/error.ts';
import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { PlacedFault, Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Endpoint, Link } from '../../harness/model/parties.ts';
import { createBoard, type Placement } from './board.ts';
import { carry } from './carry.ts';
import type { SeenExchange, WireError } from './exchange.ts';
import { type FarEnd, farEnd, type Origin } from './far-end.ts';
import { usualHandshake } from './handshake.ts';
import type { LinkTls } from './listener.ts';
import { openNearEnd } from './near-end.ts';
import { simulate } from './simulate.ts';
import { createTell } from './tell.ts';
import type { Marks } from './timing.ts';

export interface LinkOptions {
  readonly name: Link;
  readonly origin: Origin;
  /** What the near end is served with, PEM. Plain HTTP without it. */
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
  readonly error?: WireError;
}

/** A wire between two parties that can be broken, and that tells of everything that passes. */
export interface OpenLink extends AsyncDisposable {
  readonly name: Link;
  /** Base URL of the near end, without a trailing slash; empty when the link does not listen. */
  readonly url: string;
  /**
   * Puts a fault here and resolves when it stands; call the result to clear it. A fault on connections also closes
   * those that exist, so that it is met. Rejects with a `FailwellError` for a fault that this link cannot hold.
   * @param within only requests for paths (with their query) that this lets through; all when absent
   */
  place(placed: PlacedFault, random: Random, within?: (path: string) => boolean): Promise<() => Promise<void>>;
  /** Sends a request as the near party. Rejects with a `FailwellError` for a request that no client could send. */
  send(request: HttpRequest, options: { readonly signal: AbortSignal }): Promise<Sent>;
  /** The far end is a server at another URL from now on: it was started again. */
  retarget(url: string): Promise<void>;
}

/**
 * Opens a link. What it adds to an undisturbed exchange is HTTP/1.1 framing and nothing else; what the far end fails
 * to deliver, the near end sees fail in the same way. Dispose of it to close every socket.
 */
export async function openLink(options: LinkOptions): Promise<OpenLink> {
  const { name, now, host = '127.0.0.1', port = 0, tls } = options;
  const board = createBoard((path) => options.endpointOf?.(path) ?? 'other', now);
  const tell = createTell(options);
  let { origin } = options;
  let far: FarEnd = await farEnd(origin, now);
  const near = options.listen ? await openNearEnd({ host, port, tls, board, far: () => far, tell, now }) : undefined;
  let refusals = 0;

  async function place(
    placed: PlacedFault,
    random: Random,
    within?: (path: string) => boolean,
  ): Promise<() => Promise<void>> {
    const { fault, on, at, schedule } = placed;
    if (on !== name) throw misplaced(placed, `belongs on ${on}, not on ${name}`);
    if (!fault.seam.startsWith('link/')) throw misplaced(placed, `acts on '${fault.seam}', which no link has`);
    if (fault.seam === 'link/name')
      throw misplaced(placed, 'changes what a name resolves to: place it on a name server');
    const onConnections = fault.seam === 'link/connection';
    const refuses = onConnections && fault.apply({ how: 'accept' }, random).how === 'refuse';
    if (refuses && near && (at !== undefined || within !== undefined || schedule.when !== 'always')) {
      throw misplaced(placed, 'closes the port, so it cannot be counted or concern one endpoint: use tcp/reset');
    }
    const onHandshake = fault.seam === 'link/handshake';
    if (onHandshake) {
      if (!near || !tls) throw misplaced(placed, 'breaks TLS handshakes, and this link serves none');
      if (at !== undefined || within !== undefined)
        throw misplaced(placed, 'is met before there is a request, so it cannot concern one endpoint or path');
      if (!tls.authority && fault.apply(usualHandshake, random).chain !== usualHandshake.chain)
        throw misplaced(
          placed,
          'shows another certificate, and this link has no authority to issue it: open it with one',
        );
    }
    const standing = board.add(placed, random, within);
    if (refuses && near) {
      refusals += 1;
      await near.refuse();
    } else if (onHandshake || (onConnections && !within)) {
      await near?.drop();
    }
    let cleared = false;
    return async () => {
      if (cleared) return;
      cleared = true;
      standing.remove();
      if (onHandshake) await near?.drop(({ acted }) => acted.some(({ cleared: gone }) => gone.aborted));
      if (refuses && near) {
        refusals -= 1;
        if (refusals === 0) await near.listen();
      }
      // What the fault held up is told of before this resolves.
      await turn();
    };
  }

  async function send(asked: HttpRequest, { signal }: { readonly signal: AbortSignal }): Promise<Sent> {
    const startedAt = now();
    const acted: Placement[] = [];
    const marks: Marks = {};
    const plan = board.change('link/connection', { how: 'accept' }, acted);
    const { request, planned, failure, also } = await carry(asked, { board, far, signal, acted, marks }, plan);
    const released = () => AbortSignal.any(acted.map(({ cleared }) => cleared));
    const delivered = failure
      ? { ...failure, response: planned.status > 0 ? planned : undefined }
      : await simulate(planned, { method: asked.method, signal, released, begun: () => (marks.answering = now()) });
    const { end, error } = delivered;
    const response = delivered.response && plain(delivered.response);
    const exchangeId = tell({ startedAt, asked, request, response, end, error, acted, also, marks });
    return { exchangeId, ...(response && { answer: response }), end, ...(error && { error }) };
  }

  async function retarget(url: string): Promise<void> {
    if ('handle' in origin)
      throw new FailwellError('harness', `${name} ends in a mock: only a server has a URL to change`);
    origin = { ...origin, url };
    const old = far;
    far = await farEnd(origin, now);
    await old.close();
  }

  async function close(): Promise<void> {
    board.clear();
    await Promise.all([near?.close(), far.close()]);
    await turn();
  }

  const url = near ? named(near.url, options.knownAs) : '';
  return { name, url, place, send, retarget, [Symbol.asyncDispose]: close };
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

function misplaced({ fault }: PlacedFault, why: string): FailwellError {
  return new FailwellError('harness', `the fault ${fault.id} cannot stand here: it ${why}`);
}
