import type { Socket } from 'node:net';

/**
 * Resets a TCP connection. Not while its half is being closed: Node would lose the handle, which then stays open for
 * ever, and never say that the socket has closed.
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.once('finish', () => socket.resetAndDestroy());
  else socket.resetAndDestroy();
}
