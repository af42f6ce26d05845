import { connect, type Socket } from 'node:net';
import { resetSocket } from '../../links/reset.ts';

/** Connects, for bytes alone: what one side does to its connection happens to the other. */
export function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    socket.once('error', reject).once('connect', () => {
      socket.off('error', reject).on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Lets bytes pass, and ends, half-closes and resets with them. */
export function splice(one: Socket, other: Socket): void {
  tied(one, other);
  tied(other, one);
}

function tied(from: Socket, to: Socket): void {
  from.pipe(to);
  from.on('error', () => resetSocket(to));
  from.on('close', (failed) => {
    // What was sent before a clean close must arrive before it.
    if (failed || !from.readableEnded) resetSocket(to);
    else if (to.writableFinished) to.destroy();
    else to.once('finish', () => to.destroy());
  });
}
