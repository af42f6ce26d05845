import { connect, type Socket } from 'node:net';

/** What an IdP writes down before it answers, on a server elsewhere. */
export interface Journal {
  /** Resolves once the line is kept. Rejects within the deadline when it is not. */
  write(line: string): Promise<void>;
  close(): void;
}

/** How the IdP gets along with its store; each part is what a flaw would replace. */
export interface Manners {
  /** Milliseconds. */
  readonly deadline: number;
  /** Whether a connection that broke is followed by another. */
  readonly reconnects: boolean;
}

export const mannerly: Manners = { deadline: 2_000, reconnects: true };

/** One connection at a time, and a new one after each that failed. */
export function openJournal(
  { host, port }: { readonly host: string; readonly port: number },
  { deadline, reconnects }: Manners,
): Journal {
  let open: Socket | undefined;
  let broken: Error | undefined;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** A connection that ends while nothing is asked of it is not used again. */
  const connected = () => {
    const socket = connect({ host, port });
    socket
      .on('error', () => undefined)
      .once('close', () => {
        if (open === socket) open = undefined;
      });
    return socket;
  };

  const kept = (line: string) =>
    new Promise<void>((resolve, reject) => {
      if (closed) return reject(new Error('the journal was closed'));
      if (broken !== undefined && !reconnects) return reject(broken);
      const socket = open ?? connected();
      open = socket;
      let heard = '';
      const settle = (error?: Error) => {
        clearTimeout(timer);
        for (const [event, listener] of Object.entries(heeded)) socket.off(event, listener);
        if (error === undefined) return resolve();
        socket.destroy();
        open = undefined;
        broken = error;
        reject(error);
      };
      const ended = () => settle(new Error('the connection was closed'));
      const heeded = {
        error: (error: NodeJS.ErrnoException) => settle(new Error(error.code ?? error.message)),
        end: ended,
        close: ended,
        data: (data: Buffer) => {
          heard += data.toString();
          if (heard.endsWith('\n')) settle();
        },
      };
      const timer = setTimeout(() => settle(new Error(`no answer within ${deadline} ms`)), deadline);
      for (const [event, listener] of Object.entries(heeded)) socket.on(event, listener);
      socket.write(`${line}\n`);
    });

  return {
    async write(line) {
      const mine = turn.then(() => kept(line).catch(() => kept(line)));
      turn = mine.catch(() => undefined);
      await mine;
    },
    close() {
      closed = true;
      open?.destroy();
    },
  };
}
