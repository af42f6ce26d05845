import { createServer, type Socket } from 'node:net';
import { inProcess } from '../../../harness/drivers/in-process.ts';
import type { Driver, Place } from '../../../harness/model/target.ts';

/** A journal as a server: it takes a line, keeps it, and answers `kept` with the number of its lines. */
export const journalServer = (): Driver<Place> =>
  inProcess<Place>(async ({ host, port }) => {
    const sockets = new Set<Socket>();
    const exited = Promise.withResolvers<string>();
    let lines = 0;
    const server = createServer((socket) => {
      sockets.add(socket);
      let rest = '';
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      socket.on('data', (data) => {
        const [last = '', ...whole] = (rest + data.toString()).split('\n').reverse();
        rest = last;
        for (const _ of whole) {
          lines += 1;
          socket.write(`kept ${lines}\n`);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    const address = server.address() as { readonly port: number };
    return {
      url: `tcp://${host}:${address.port}`,
      exited: exited.promise,
      async stop() {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
        exited.resolve('was stopped');
      },
    };
  });
