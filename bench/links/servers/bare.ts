import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serving } from '../../idp/serving.ts';

/** The least that a proxy does on node:http: two pipes, and kept-alive connections on both sides. */
const { hostname, port } = new URL(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true });
const server = createServer({ keepAliveTimeout: 60_000 }, (asked, answer) => {
  const { method, url: path, headers } = asked;
  const on = request({ agent, hostname, port, method, path, headers }, (came) => {
    answer.writeHead(came.statusCode as number, came.rawHeaders);
    came.pipe(answer);
  });
  on.on('error', () => answer.destroy());
  asked.pipe(on);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
serving({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
