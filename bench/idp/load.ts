import { connect } from 'node:net';
import { median } from '../figures.ts';

/** Requests to send over and over. */
export interface Load {
  readonly url: string;
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** Kept-alive connections, each with one request at a time. */
  readonly connections: number;
  /** When to stop: after so many milliseconds, or so many requests. */
  readonly milliseconds?: number;
  readonly requests?: number;
}

/** What became of them: all were answered with 200. */
export interface Loaded {
  readonly requests: number;
  readonly milliseconds: number;
  /** The body of the last answer. */
  readonly body: string;
  /** How long the median answer took. Milliseconds. */
  readonly median: number;
}

/**
 * Sends bytes and counts answers, and does as little else as possible: the server must be what is waited for. So it
 * takes HTTP/1.1 answers with `Content-Length` or with chunks that end with the packet, which is all that comes here.
 */
async function put(load: Load): Promise<Loaded> {
  const { milliseconds = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY } = load;
  const bytes = messageOf(load);
  const { hostname, port } = new URL(load.url);
  const began = performance.now();
  let started = 0;
  let answered = 0;
  let body = '';
  const took: number[] = [];

  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let come = '';
      let asked = 0;
      function next(): void {
        if (started >= requests || performance.now() - began >= milliseconds) return void socket.end(resolve);
        started += 1;
        asked = performance.now();
        socket.write(bytes);
      }
      socket.setEncoding('latin1');
      socket.on('connect', next);
      socket.on('data', (chunk) => {
        come += chunk;
        const end = headOf(come);
        if (end === undefined) return;
        if (!come.startsWith('HTTP/1.1 200')) return void socket.destroy(new Error(`${load.url}: ${come}`));
        body = come.slice(end);
        come = '';
        answered += 1;
        // Enough for a median, and little to hold.
        if (took.length < 100_000) took.push(performance.now() - asked);
        next();
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error(`${load.url} closed the connection`)));
    });

  await Promise.all(Array.from({ length: load.connections }, one));
  return { requests: answered, milliseconds: performance.now() - began, body, median: median(took) };
}

function messageOf({ url, method, headers, body }: Load): Buffer {
  const { host, pathname } = new URL(url);
  const fields = { host, ...headers, ...(body && { 'content-length': String(Buffer.byteLength(body)) }) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/** How long the head of a whole answer is; `undefined` when more of it is to come. */
function headOf(come: string): number | undefined {
  const blank = come.indexOf('\r\n\r\n');
  if (blank < 0) return undefined;
  const end = blank + 4;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(come) ?? [];
  const whole = length === undefined ? come.endsWith('\r\n0\r\n\r\n') : come.length >= end + Number(length);
  return whole ? end : undefined;
}

process.on('message', async (load: Load) => process.send?.(await put(load)));
process.send?.('ready');
