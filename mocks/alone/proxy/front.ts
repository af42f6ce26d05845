import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { endToEnd, fromRaw } from '../../links/headers.ts';
import { resetSocket } from '../../links/reset.ts';
import { connected, splice } from './splice.ts';
import { badGateway, type Wire } from './wire.ts';
import type { Wires } from './wires.ts';

/** A front that listens. */
export interface Front extends AsyncDisposable {
  readonly port: number;
}

interface FrontOptions {
  /** An address of this machine. */
  readonly host: string;
  readonly port: number;
  readonly wires: Wires;
  /** Whether what goes to this host goes through a wire; else it passes untouched. */
  intercepts(host: string): boolean;
}

/**
 * The near end of a forward proxy (RFC 9110 §3.7): CONNECT (§9.3.6) and requests in absolute form (RFC 9112 §3.2.2). It
 * only says which wire; the rest is bytes, so that whatever the wire does to them arrives.
 */
export async function openFront({ host, port, wires, intercepts }: FrontOptions): Promise<Front> {
  const server = createServer({ maxHeaderSize: 256 * 1024, requireHostHeader: false });
  server.requestTimeout = 0;
  const open = new Set<Socket>();
  server.on('connection', (near) => {
    open.add(near);
    near.on('error', () => undefined).once('close', () => open.delete(near));
  });
  server.on('connect', (message: IncomingMessage, near: Socket, head: Buffer) => {
    tunnel(message.url ?? '', near, head).catch((problem) => refuse(near, message.url ?? '', problem));
  });
  server.on('request', (message: IncomingMessage) => {
    const { socket: near, url = '' } = message;
    bridge(message, url, near).catch((problem) => refuse(near, url, problem));
  });
  // Whoever wants another protocol asks for it with CONNECT; without a listener the request is served as HTTP.

  async function tunnel(authority: string, near: Socket, head: Buffer): Promise<void> {
    const [, host = '', port = ''] = /^(\[[0-9a-f:.]+\]|[^\s:/@]+):(\d{1,5})$/i.exec(authority) ?? [];
    if (!URL.canParse(`https://${authority}`) || host === '')
      return answer(near, 400, `'${authority}' is no host with a port`);
    const { hostname } = new URL(`https://${host}`);
    if (!intercepts(hostname)) {
      const far = await connected(hostname.replaceAll(/[[\]]/g, ''), Number(port));
      established(near, head);
      return splice(near, far);
    }
    const secure = new URL(`https://${host}:${port}`).origin;
    const usual = await wires.to(port === '80' ? new URL(`http://${host}`).origin : secure);
    await reachable(usual);
    established(near, head);
    // Whether it is TLS that is wanted shows only now.
    const first = await firstByte(near);
    if (first === undefined) return void near.destroy();
    const wire = await wires.to(first === clientHello ? secure : new URL(`http://${host}:${port}`).origin);
    const { hostname: at, port: on } = new URL(wire.url);
    splice(near, await connected(at, Number(on)));
  }

  async function bridge(message: IncomingMessage, url: string, near: Socket): Promise<void> {
    const target = URL.canParse(url) ? new URL(url) : undefined;
    if (target?.protocol !== 'http:')
      return answer(
        near,
        400,
        target
          ? 'https goes through CONNECT'
          : 'this is a forward proxy: give it to your client as HTTP_PROXY and HTTPS_PROXY',
      );
    let to = target;
    if (intercepts(target.hostname)) {
      const wire = await wires.to(target.origin);
      await reachable(wire);
      to = new URL(wire.url);
    }
    const far = await connected(to.hostname.replaceAll(/[[\]]/g, ''), Number(to.port || 80));
    far.on('error', () => resetSocket(near));
    far.write(headOf(message, target), 'latin1');
    // The connection is for this answer alone: the next request may be for another host.
    far.pipe(near);
    far.on('close', (failed) => failed && resetSocket(near));
    near.on('close', () => far.destroy());
    const chunked = message.headers['transfer-encoding'] !== undefined;
    for await (const chunk of message as AsyncIterable<Buffer>) {
      if (chunked) far.write(`${chunk.length.toString(16)}\r\n`);
      far.write(chunk);
      if (chunked) far.write('\r\n');
    }
    if (chunked) far.write('0\r\n\r\n');
  }

  /** Throws where real proxies answer 502. */
  async function reachable(wire: Wire): Promise<void> {
    const unresolved = await wire.unresolved();
    if (unresolved !== undefined) throw new Error(unresolved);
    if (wires.refuses(wire)) throw new Error('connect ECONNREFUSED');
  }

  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server.close(), 'close');
      for (const near of open) near.destroy();
      await closed;
    },
  };
}

/** A TLS record of the handshake (RFC 8446 §5.1). */
const clientHello = 0x16;

function established(near: Socket, head: Buffer): void {
  near.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  if (head.length > 0) near.unshift(head);
}

/** `undefined` when nothing comes. */
function firstByte(near: Socket): Promise<number | undefined> {
  return new Promise((resolve) => {
    near.once('readable', () => {
      const chunk = near.read() as Buffer | null;
      if (chunk === null) return resolve(undefined);
      near.unshift(chunk);
      resolve(chunk[0]);
    });
    near.once('close', () => resolve(undefined));
  });
}

/** A request as it goes on, in origin form. */
function headOf({ method, rawHeaders, headers }: IncomingMessage, { pathname, search, host }: URL): string {
  const own = endToEnd(fromRaw(rawHeaders)).filter(([name]) => !/^(?:host|expect|proxy-authorization)$/i.test(name));
  const framing = headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding: chunked'];
  // RFC 9112 §3.2.2: the target counts, whatever `Host` says.
  const fields = [`Host: ${host}`, ...own.map(([name, value]) => `${name}: ${value}`), ...framing, 'Connection: close'];
  return `${method} ${pathname}${search} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`;
}

function refuse(near: Socket, url: string, problem: unknown): void {
  const { status, body } = badGateway(url, problem instanceof Error ? problem.message : String(problem));
  answer(near, status, Buffer.from(body).toString().trim());
}

function answer(near: Socket, status: 400 | 502 | number, text: string): void {
  const reason = status === 400 ? 'Bad Request' : 'Bad Gateway';
  const said = text.startsWith('failwell proxy: ') ? text : `failwell proxy: ${text}.`;
  const body = Buffer.from(`${said}\n`);
  const fields = ['Content-Type: text/plain; charset=utf-8', `Content-Length: ${body.length}`, 'Connection: close'];
  near.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n${fields.join('\r\n')}\r\n\r\n`), body]));
}
