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
  let turn: Promise<unknown> = Promise.resolve();

  const kept = (line: string) =>
    new Promise<void>((resolve, reject) => {
      if (broken !== undefined && !reconnects) return reject(broken);
      const socket = open ?? connect({ host, port });
      open = socket;
      let heard = '';
      const settle = (error?: Error) => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on('error', () => undefined);
        if (error === undefined) return resolve();
        socket.destroy();
        open = undefined;
        broken = error;
        reject(error);
      };
      const timer = setTimeout(() => settle(new Error(`no answer within ${deadline} ms`)), deadline);
      socket.once('error', (error: NodeJS.ErrnoException) => settle(new Error(error.code ?? error.message)));
      for (const event of ['end', 'close']) socket.once(event, () => settle(new Error('the connection was closed')));
      socket.on('data', (data) => {
        heard += data.toString();
        if (heard.endsWith('\n')) settle();
      });
      socket.write(`${line}\n`);
    });

  return {
    async write(line) {
      const mine = turn.then(() => kept(line).catch(() => kept(line)));
      turn = mine.catch(() => undefined);
      await mine;
    },
    close: () => open?.destroy(),
  };
}
