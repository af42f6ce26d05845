import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Milliseconds that one attempt may take before the next one is made. */
const patience = 1_000;

/**
 * A TCP port on which nobody listens, for a program that will in a moment. Not one of those that systems hand out by
 * themselves (from 32768 on Linux, from 49152 elsewhere): in that moment somebody else would be given it. Rejects when
 * `wanted` (not 0) is taken.
 */
export async function freePort(host: string, wanted = 0): Promise<number> {
  if (wanted !== 0) return await listened(host, wanted);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      return await listened(host, randomInt(20_000, 30_000));
    } catch (error) {
      if (!['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return await listened(host, 0);
}

/** How many ports may be taken before the system is asked for one. */
const tries = 50;

/** The port on which it was possible to listen. */
function listened(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** Whether something accepts a TCP connection there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** Whether something answers a GET there, with whatever status; and with a body that `says` so, if that is asked. */
export async function responds(url: string, signal: AbortSignal, says?: RegExp): Promise<boolean> {
  // Loaded when it is needed: what only lists targets need not wait for it.
  const secure = url.startsWith('https:');
  const [{ get }, { text }] = await Promise.all([
    secure ? import('node:https') : import('node:http'),
    import('node:stream/consumers'),
  ]);
  // Whoever answers there: it is not asked who it is.
  const options = { timeout: patience, agent: false, signal, ...(secure && { rejectUnauthorized: false }) } as const;
  return await new Promise((resolve) => {
    const request = get(url, options, (response) => {
      if (says !== undefined) {
        resolve(
          text(response).then(
            (body) => says.test(body),
            () => false,
          ),
        );
        return;
      }
      response.destroy();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}
