import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/**
 * Ports that systems do not hand out by themselves (they do from 32768 on Linux, from 49152 elsewhere), and below those of
 * Kubernetes (from 30000): between the choice of a port and a target's listening there, somebody else would be given it.
 * Each process has a block of its own, whose first port it holds.
 */
const [first, size, blocks] = [15_000, 500, 30];

let own: Promise<number> | undefined;
let given = 0;

/** A TCP port on which nobody listens, for a program that will in a moment. Rejects when `wanted` (not 0) is taken. */
export async function freePort(host: string, wanted = 0): Promise<number> {
  if (wanted !== 0) return await mayListen(host, wanted);
  own ??= claimed();
  const block = await own;
  for (let tries = 1; tries < size; tries += 1) {
    // In turn: one that was given is not given again before all others were.
    given = (given % (size - 1)) + 1;
    const port = await mayListen(host, block + given).catch(unlessTaken);
    if (port !== undefined) return port;
  }
  return await mayListen(host, 0);
}

/** The port, or the one that the system chose for 0. Rejects when nobody can listen there. */
export async function mayListen(host: string, port: number): Promise<number> {
  const server = await listening(host, port);
  const { port: open } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return open;
}

/** The first port of a block that no other process has; of any block, when all are taken. */
async function claimed(): Promise<number> {
  for (let block = 0; block < blocks; block += 1) {
    const start = first + ((process.pid + block) % blocks) * size;
    const server = await listening('127.0.0.1', start).catch(unlessTaken);
    if (server === undefined) continue;
    server.unref();
    return start;
  }
  return first + (process.pid % blocks) * size;
}

function listening(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

function unlessTaken(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
}
