import { isIP, connect as open, type Socket } from 'node:net';
import { connect as openTls } from 'node:tls';
import type { Marks } from './timing.ts';

/** Where a connection goes. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** Spoken when present; `ca` is PEM. The name to verify is `host`. */
  readonly tls?: { readonly ca?: string | undefined; readonly alpn?: readonly string[] } | undefined;
  readonly allowHalfOpen?: boolean;
}

/** Opens a connection and notes when each part of that is done. It is up at `secureConnect`, or `connect` without TLS. */
export function openSocket(
  { host, port, tls, allowHalfOpen = false }: Destination,
  marks: Marks,
  now: () => number,
): Socket {
  marks.connecting = now();
  const socket = tls
    ? openTls({
        host,
        port,
        servername: isIP(host) ? '' : host,
        ...(tls.alpn && { ALPNProtocols: [...tls.alpn] }),
        ...(tls.ca !== undefined && { ca: tls.ca }),
      })
    : open({ host, port, allowHalfOpen });
  if (tls) socket.once('secureConnect', () => (marks.secured = now()));
  return socket
    .setNoDelay(true)
    .once('lookup', () => (marks.lookedUp = now()))
    .once('connect', () => (marks.connected = now()));
}
