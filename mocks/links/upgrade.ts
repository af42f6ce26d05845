import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Headers } from '../../harness/model/http.ts';
import { flat, fromRaw } from './headers.ts';

/** The protocol that a request asks for and that a link can pass on: bytes, whatever they mean. */
export function protocolOf({ headers }: IncomingMessage): string | undefined {
  const { upgrade, 'content-length': length, 'transfer-encoding': encoding } = headers;
  // HTTP/2 would be HTTP that a link does not read; without the change it stays HTTP/1.1 (RFC 9110 §7.8).
  return upgrade === 'h2c' || length !== undefined || encoding !== undefined ? undefined : upgrade;
}

/** The head of a request that does not ask for another protocol any more, as its bytes. */
export function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const fields = flat(fromRaw(rawHeaders).filter(([name]) => name.toLowerCase() !== 'upgrade'));
  return Buffer.from(`${method} ${url} HTTP/${httpVersion}\r\n${lines(fields)}\r\n`, 'latin1');
}

/** The answer that changes the protocol (RFC 9110 §15.2.2), as its bytes. */
export function switching(status: number, headers: Headers): Buffer {
  return Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines(flat(headers))}\r\n`, 'latin1');
}

/** Node leaves the socket of such a request to its listener: this is for an answer that changes nothing after all. */
export function responseOn(socket: Socket, message: IncomingMessage): ServerResponse {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  const drained = () => response.emit('drain');
  socket.on('drain', drained);
  response.on('finish', () => {
    socket.off('drain', drained);
    socket.end(() => socket.destroy());
  });
  return response;
}

function lines(fields: readonly string[]): string {
  let text = '';
  for (let at = 0; at + 1 < fields.length; at += 2) text += `${fields[at]}: ${fields[at + 1]}\r\n`;
  return text;
}
