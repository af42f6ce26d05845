import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../harness/model/time.ts';
import { createAuthority } from './authority.ts';
import type { Authority, KeyAndCertificate } from './issued.ts';
import { malformedRequest } from './ocsp.ts';

/** An authority that tells over HTTP what it has revoked, where its certificates say so. Dispose of it to stop that. */
export interface OpenAuthority extends Authority, AsyncDisposable {}

/** @param root one that was kept; a new one when absent */
export const openAuthority = async (options: {
  readonly clock: Clock;
  readonly root?: KeyAndCertificate | undefined;
}): Promise<OpenAuthority> => tellingAt(await createAuthority(options), '127.0.0.1');

/**
 * The authority as it is known to those who reach it at an address of this machine: a port there is all that it takes
 * until somebody asks, since lists and responses are made then.
 * @param knownAs the host in its URLs, where they know this machine by another name
 */
export async function tellingAt(of: Authority, host: string, knownAs = host): Promise<OpenAuthority> {
  const server = createServer(async (message, response) => {
    const send = (status: number, type: string, body: Uint8Array) =>
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
    if (message.url === '/list.crl') send(200, 'application/pkix-crl', derOf(await of.revocationList()));
    else if (message.url?.startsWith('/ocsp')) send(200, 'application/ocsp-response', await ocspAnswer(message));
    else send(404, 'text/plain', Buffer.from('There are /list.crl and /ocsp.\n'));
  });
  server.listen(0, host);
  await once(server, 'listening');
  // Nobody waits for it.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const base = `http://${knownAs.includes(':') ? `[${knownAs}]` : knownAs}:${port}`;

  async function ocspAnswer(message: IncomingMessage): Promise<Uint8Array> {
    try {
      return of.ocspResponse(await ocspRequest(message));
    } catch {
      return malformedRequest;
    }
  }

  return {
    ...of.telling({ list: `${base}/list.crl`, ocsp: `${base}/ocsp` }),
    async [Symbol.asyncDispose]() {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

/** More than any request holds; bytes. */
const longest = 16 * 1024;

/** The body of a POST, or what a GET has in its path (RFC 6960 §A.1). */
async function ocspRequest(message: IncomingMessage): Promise<Uint8Array> {
  if (message.method !== 'POST') {
    const [, , encoded = ''] = /^(\/ocsp\/)(.+)$/.exec(message.url ?? '') ?? [];
    return Buffer.from(decodeURIComponent(encoded), 'base64');
  }
  let body = Buffer.alloc(0);
  for await (const chunk of message as AsyncIterable<Buffer>) {
    if (body.length > longest) throw new RangeError('too long');
    body = Buffer.concat([body, chunk]);
  }
  return body;
}

const derOf = (pem: string) => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
