import { isIP } from 'node:net';
import { FailwellError } from '../../harness/model/error.ts';

/** All addresses of this machine. */
export const isWildcard = (host: string) => host === '0.0.0.0' || host === '::';

/** Nobody on another machine can connect. */
export const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** One address, even where `localhost` has two. */
export const addressOf = (host: string) => (host === 'localhost' ? '127.0.0.1' : host);

export const inUrl = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);

const reasons: { readonly [code: string]: (host: string, port: number) => string } = {
  EADDRINUSE: (_, port) => `port ${port} is in use: choose another port, or 0 for one that is free`,
  EACCES: (_, port) => `this user may not have port ${port}: choose one above 1023`,
  EADDRNOTAVAIL: (host) => `${host} is no address of this machine: choose another host`,
  ENOTFOUND: (host) => `there is no host ${host}: choose another one`,
};

/** What to say when it cannot be listened there, for reasons that the user can change; else the problem itself. */
export function cannotListen(who: string, host: string, port: number, problem: unknown): unknown {
  const { code = '' } = ((problem as Error).cause ?? problem) as NodeJS.ErrnoException;
  const why = reasons[code]?.(host, port);
  if (why === undefined) return problem;
  return new FailwellError('usage', `${who} cannot listen on ${inUrl(host)}:${port}, ${why}.`, { cause: problem });
}
