import { connect } from 'node:net';

/** Milliseconds that one attempt may take before the next one is made. */
const patience = 1_000;

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
