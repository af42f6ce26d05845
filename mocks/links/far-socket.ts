import { isIP, type LookupFunction, connect as open, type Socket } from 'node:net';
import { connect as openTls, type SecureContext } from 'node:tls';
import type { Marks } from './timing.ts';

/** Where a connection goes. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** Spoken when present; `ca` is PEM, unless a `context` holds it. The name to verify is `host`. */
  readonly tls?:
    | {
        readonly ca?: string | undefined;
        readonly context?: SecureContext;
        /** Whatever certificate is shown is good enough. */
        readonly trustsAnybody?: true;
        readonly alpn?: readonly string[];
      }
    | undefined;
  /** In place of `dns.lookup`. */
  readonly lookup?: LookupFunction;
  readonly allowHalfOpen?: boolean;
}

/** Opens a connection and notes when each part of that is done. It is up at `secureConnect`, or `connect` without TLS. */
export function openSocket(
  { host, port, tls, lookup, allowHalfOpen = false }: Destination,
  marks: Marks,
  now: () => number,
): Socket {
  marks.connecting = now();
  const where = { host, port, ...(lookup && { lookup }) };
  const socket = tls
    ? openTls({
        ...where,
        servername: isIP(host) ? '' : host,
        ...(tls.alpn && { ALPNProtocols: [...tls.alpn] }),
        ...(tls.ca !== undefined && { ca: tls.ca }),
        ...(tls.context && { secureContext: tls.context }),
        ...(tls.trustsAnybody && { rejectUnauthorized: false }),
      })
    : open({ ...where, allowHalfOpen });
  if (tls) socket.once('secureConnect', () => (marks.secured = now()));
  return socket
    .setNoDelay(true)
    .once('lookup', () => (marks.lookedUp = now()))
    .once('connect', () => (marks.connected = now()));
}
