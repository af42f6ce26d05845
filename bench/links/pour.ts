import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A body to get from the server behind a link, or to send to it. */
export interface Pouring {
  readonly url: string;
  readonly way: 'down' | 'up';
  readonly bytes: number;
}

export interface Poured {
  /** That came through. */
  readonly bytes: number;
  readonly milliseconds: number;
}

async function pour({ url, way, bytes }: Pouring): Promise<Poured> {
  const began = performance.now();
  const call = way === 'down' ? request(`${url}/bytes/${bytes}`).end() : request(url, { method: 'POST' });
  const coming = once(call, 'response') as Promise<[IncomingMessage]>;
  if (way === 'up') await pipeline(Readable.from(pieces(bytes)), call);
  const [answer] = await coming;
  let come = 0;
  let said = '';
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    come += chunk.byteLength;
    if (way === 'up') said += chunk;
  }
  return { bytes: way === 'down' ? come : Number(said), milliseconds: performance.now() - began };
}

function* pieces(bytes: number): Generator<Buffer> {
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (let left = bytes; left > 0; left -= piece.byteLength)
    yield left < piece.byteLength ? piece.subarray(0, left) : piece;
}

process.on('message', async (pouring: Pouring) => process.send?.(await pour(pouring)));
process.send?.('ready');
