import { connect } from 'node:net';
import { responds } from '../probe.ts';

/**
 * When a container is ready: something answers a GET, with any status and, if that matters, a body that `says` so; accepts
 * a connection; or a line was printed.
 */
export type Ready =
  | { readonly http: string; readonly says?: RegExp }
  | { readonly tcp: true }
  | { readonly log: RegExp };

/** Milliseconds for which a connection must stay open: an engine's proxy accepts it first and asks the container then. */
const steady = 50;

/** What a container was waited for, in words. */
export function wanted(ready: Ready): string {
  if ('http' in ready) return `answer ${ready.http}${ready.says === undefined ? '' : ` with ${ready.says}`}`;
  return 'tcp' in ready ? 'listen' : `print ${ready.log}`;
}

/** Looks once whether it is ready. `printed` are all its lines so far. */
export async function isReady(
  ready: Ready,
  host: string,
  port: number,
  printed: () => readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  if ('http' in ready) return await responds(`http://${host}:${port}${ready.http}`, signal, ready.says);
  return 'tcp' in ready ? await staysOpen(host, port) : printed().some((line) => ready.log.test(line));
}

function staysOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (open: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(open);
    };
    let timer: NodeJS.Timeout | undefined;
    socket.once('connect', () => {
      timer = setTimeout(settle, steady, true);
    });
    socket.once('data', () => settle(true));
    for (const event of ['end', 'close', 'error']) socket.once(event, () => settle(false));
  });
}
