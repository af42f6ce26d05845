import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Agent } from 'undici';
import { FailwellError } from '../../../harness/model/error.ts';
import type { DriverIo, GatewayWiring, Instance } from '../../../harness/model/target.ts';
import { admit } from './admit.ts';
import { fieldsNamed, type Scheme, schemeOf } from './credentials.ts';
import { lookupWithin } from './lookup.ts';
import { correct, type Gateway, type Incoming, type Parts, type Served } from './parts.ts';
import { badRequest } from './refusal.ts';
import { checkSettings, type Limits, limits as standard } from './settings.ts';

/**
 * Starts the gateway. It does not need the IdP for that: keys are fetched when the first token comes. Throws a
 * `FailwellError` when its settings cannot work (`config`) or it cannot listen (`target-not-ready`).
 */
export async function startGateway(
  wiring: GatewayWiring,
  io: DriverIo,
  parts: Parts = correct,
  limits: Limits = standard,
): Promise<Instance> {
  try {
    checkSettings(wiring);
  } catch (error) {
    io.log('stderr', `level=error cause="${(error as Error).message}"`);
    throw error;
  }
  const stopping = new AbortController();
  const exited = Promise.withResolvers<string>();
  const agent = new Agent({
    allowH2: false,
    connect: {
      ca: wiring.ca.pem,
      timeout: limits.connectDeadline,
      lookup: lookupWithin(limits.nameDeadline, wiring.names?.lookup),
    },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  let origin = '';
  const gateway: Gateway = {
    wiring,
    limits,
    parts,
    agent,
    usedProofs: new Map(),
    get origin() {
      return origin;
    },
    stopped: stopping.signal,
    log: (stream, line) => io.log(stream, line),
    end(reason) {
      stopping.abort();
      server.close();
      server.closeAllConnections();
      void agent.destroy();
      exited.resolve(reason);
    },
    get keys() {
      return keys;
    },
  };
  const keys = parts.keepKeys(gateway);
  const server = createServer(
    { key: wiring.tls.key, cert: wiring.tls.cert, maxHeaderSize: limits.requestHeader, keepAliveTimeout: 60_000 },
    (request, response) =>
      void serve(request, response, gateway).catch((error: Error) => {
        gateway.log('stderr', `level=error cause="internal error: ${error.name}"`);
        response.destroy();
      }),
  );
  server.on('clientError', (error: Error & { code?: string }, socket) => reject(error, socket, gateway));
  server.listen(wiring.port, wiring.host);
  try {
    await once(server, 'listening', { signal: io.signal });
  } catch (error) {
    gateway.end('did not start');
    const why = (error as NodeJS.ErrnoException).code ?? 'aborted';
    throw new FailwellError(
      'target-not-ready',
      `The gateway cannot listen on ${wiring.host}:${wiring.port} (${why}): free that port or choose 0`,
    );
  }
  const { port } = server.address() as AddressInfo;
  origin = `https://${wiring.host}:${port}`;
  return {
    url: origin,
    exited: exited.promise,
    async stop() {
      const closed = server.listening ? once(server, 'close') : undefined;
      gateway.end('was stopped');
      await closed;
    },
  };
}

async function serve(message: IncomingMessage, response: ServerResponse, gateway: Gateway): Promise<void> {
  const { parts } = gateway;
  const { method = 'GET', url = '/' } = message;
  const [path = '/'] = url.split('?');
  let served: Omit<Served, 'status'> = { method, path };
  let scheme: Scheme = 'Bearer';
  try {
    const request = await receive(message, gateway);
    scheme = schemeOf(request);
    const token = parts.extractToken(request, gateway);
    served = { ...served, token };
    const claims = await admit(token, request, gateway);
    const { sub, jti } = claims;
    served = {
      ...served,
      ...(typeof sub === 'string' && { subject: sub }),
      ...(typeof jti === 'string' && { tokenId: jti }),
    };
    const answer = await parts.forward(request, claims, gateway);
    const { status } = answer;
    const note =
      status === 401 || status >= 500
        ? `upstream API ${gateway.wiring.api} answers ${status} itself, passed on`
        : undefined;
    report(gateway, { ...served, status, ...(note !== undefined && { note }) });
    parts.send(response, answer, gateway);
  } catch (error) {
    if (gateway.stopped.aborted) return;
    const refusal = parts.classify(error);
    const answer = parts.render(refusal, served.token, scheme);
    report(gateway, { ...served, status: answer.status, refusal });
    parts.send(response, answer, gateway);
  }
}

function report(gateway: Gateway, served: Served): void {
  const line = gateway.parts.explain(served);
  if (line !== undefined) gateway.parts.write(gateway, line);
}

async function receive(message: IncomingMessage, { limits }: Gateway): Promise<Incoming> {
  const { method = 'GET', url = '/', headers, rawHeaders } = message;
  if (!url.startsWith('/')) throw badRequest('malformed request: the target is no path');
  const body = await wholeBody(message, limits.requestBody);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  const fields = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  const authorization = fieldsNamed('authorization', { fields });
  return { method, url, headers, fields, authorization, body, ...(isForm && { form: body.toString('latin1') }) };
}

async function wholeBody(message: IncomingMessage, most: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  if (length === undefined && encoding === undefined) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
    }
  } catch {
    throw badRequest('request body incomplete');
  }
  if (size > most)
    throw badRequest('request body too large', `request body of ${size} bytes, at most ${most} are accepted`, 413);
  return Buffer.concat(chunks);
}

/** Answers what the HTTP parser refused; there is no request then, and no path to log. */
function reject(error: Error & { code?: string }, socket: Duplex, gateway: Gateway): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [
          '431 Request Header Fields Too Large',
          `request headers larger than ${gateway.limits.requestHeader} bytes (a token too long?)`,
        ]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'the request did not arrive in time']
        : ['400 Bad Request', 'malformed HTTP request'];
  gateway.log(
    'stdout',
    `level=warn status=${status.slice(0, 3)} error=invalid_request cause="${reason} (${error.code ?? error.name})"`,
  );
  socket.end(
    `HTTP/1.1 ${status}\r\nWWW-Authenticate: Bearer realm="api", error="invalid_request"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
