import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serving } from '../../idp/serving.ts';

/** What stands behind every proxy: a short document, or as many bytes as the path says. */
const document = Buffer.from(JSON.stringify({ issuer: 'https://idp.example', padding: 'x'.repeat(960) }));
const piece = Buffer.alloc(64 * 1024, 'x');

function pour(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const go = () => {
    while (left > 0) {
      const next = left < piece.byteLength ? piece.subarray(0, left) : piece;
      left -= next.byteLength;
      if (!response.write(next)) return;
    }
    response.end();
  };
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  response.on('drain', go);
  go();
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => (bytes += chunk.byteLength));
  request.on('end', () => {
    const [, poured] = /^\/bytes\/(\d+)$/.exec(request.url ?? '') ?? [];
    if (poured !== undefined) return void pour(response, Number(poured));
    const body = request.method === 'POST' ? Buffer.from(String(bytes)) : document;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
serving({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
