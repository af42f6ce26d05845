import type { Socket } from 'node:net';
import type { StreamPlan } from '../../harness/model/stream.ts';
import type { Board, Placement } from './board.ts';
import type { Connection } from './connection.ts';
import { resetOnPurpose } from './delivery.ts';
import { doorkeeper } from './doorkeeper.ts';
import { followedBy, seenAt } from './exchange.ts';
import { failureOf, leftAlone, nearLeft } from './failure.ts';
import { type Destination, openSocket } from './far-socket.ts';
import { type LinkTls, type Listener, openListener } from './listener.ts';
import { type Poured, pour } from './pour.ts';
import { resetSocket } from './reset.ts';
import type { Tell } from './tell.ts';
import type { Marks } from './timing.ts';

const undisturbed: StreamPlan = {};

/** The near end of a link that carries no HTTP: each connection to it is one to the far end. */
export async function openTcpNearEnd(options: {
  readonly host: string;
  readonly port: number;
  readonly tls: LinkTls | undefined;
  readonly board: Board;
  far(): Destination;
  readonly tell: Tell;
  now(): number;
}): Promise<Listener> {
  const { host, port, tls, board, far, tell, now } = options;
  const reaching = new Set<Socket>();

  async function carried(near: Socket, connection: Connection, acted: Placement[], marks: Marks): Promise<Poured> {
    const { raw, gone } = connection;
    const plan = board.change('link/stream', undisturbed, acted);
    const reset = () => resetSocket(raw);
    const socket = openSocket({ ...far(), allowHalfOpen: true }, marks, now);
    reaching.add(socket.once('close', () => reaching.delete(socket)));
    const problem = await connected(socket, far().tls ? 'secureConnect' : 'connect', gone);
    if (problem) {
      socket.destroy();
      reset();
      return { ...unreached(problem), stream: { near: 0, far: 0 } };
    }
    marks.sending = now();
    marks.sent = marks.sending;
    const released = AbortSignal.any(acted.map(({ cleared }) => cleared));
    const begun = () => (marks.answering = now());
    return await pour({ near, far: socket, plan, gone, released, begun, reset });
  }

  function stream(near: Socket, connection: Connection): void {
    connection.served += 1;
    connection.open += 1;
    const { startedAt } = connection;
    const acted: Placement[] = [...connection.acted];
    const marks: Marks = {};
    // Nobody listens to it yet.
    near.on('error', () => undefined);
    carried(near, connection, acted, marks).then(({ end, errors, stream }) => {
      connection.open -= 1;
      tell({ startedAt, end, errors, acted, marks, stream });
    });
  }

  const what = 'anything came';
  const listener = await openListener({
    ...{ host, port, tls, now },
    ...doorkeeper({ tls, board, tell, what, alpn: false }),
    serve: { stream },
  });
  return {
    ...listener,
    async close() {
      await listener.close();
      const closing = [...reaching].map((socket) => new Promise((resolve) => socket.once('close', resolve).destroy()));
      await Promise.all(closing);
    },
  };
}

const leftEarly = seenAt('near', 'CLOSED', 'the peer left before the far end answered');

function unreached(problem: Error): Pick<Poured, 'end' | 'errors'> {
  if (problem === nearLeft) return { end: 'closed', errors: followedBy(leftEarly, leftAlone) };
  const { end, errors } = failureOf(problem, 'far', false);
  return { end, errors: followedBy(errors, resetOnPurpose) };
}

/** Why there is no connection; nothing when it stands. */
function connected(socket: Socket, up: 'connect' | 'secureConnect', gone: AbortSignal): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const left = () => resolve(nearLeft);
    gone.addEventListener('abort', left, { once: true });
    socket.once('error', resolve).once(up, () => {
      gone.removeEventListener('abort', left);
      socket.off('error', resolve);
      resolve(undefined);
    });
    if (gone.aborted) left();
  });
}
