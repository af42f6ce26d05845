import type { ContainerOptions } from '../../harness/drivers/container/container.ts';
import { container } from '../../harness/drivers/container/container.ts';
import type { GatewayWiring } from '../../harness/model/target.ts';

export const wiring: GatewayWiring = {
  issuer: 'https://idp.failwell.test',
  jwksUri: 'https://idp.failwell.test/jwks',
  introspectionEndpoint: 'https://idp.failwell.test/introspect',
  keyPem: '',
  audience: 'api',
  scope: 'read',
  clientId: 'gateway',
  clientSecret: 'secret',
  api: 'https://api.failwell.test',
  ca: { pem: 'the certificate', file: '/tmp/ca.pem' },
  tls: { key: '', cert: '' },
  host: '127.0.0.1',
  port: 0,
  clock: { now: () => 0 },
};

/** The perl server, in a container. */
export const perl = (options: Partial<ContainerOptions> = {}) =>
  container({
    build: new URL('./perl/', import.meta.url),
    port: 8080,
    command: ['perl', '/server.pl'],
    ready: { http: '/' },
    ...options,
  });

/** What a driver is given, and what it gave to it. */
export function listening(signal = AbortSignal.timeout(30_000)) {
  const lines: string[] = [];
  const lost: string[] = [];
  const io = {
    signal,
    log: (stream: string, line: string) => void lines.push(`${stream}: ${line}`),
    lost: (why: string) => void lost.push(why),
  };
  return { lines, lost, io };
}

/** Starts one and keeps what it prints. */
export function start(options: Partial<ContainerOptions> = {}, signal?: AbortSignal) {
  const heard = listening(signal);
  return { ...heard, instance: perl(options).start(wiring, heard.io) };
}
