/*
 * A program: breaks a name in every way and tells what the system's own resolver and curl make of it, as JSON. It must
 * be alone with its network and its /etc/resolv.conf (`dns-system.test.ts`), since resolvers ask at port 53.
 */
import { execFile } from 'node:child_process';
import { promises as dns } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seeded } from '../../harness/random.ts';
import { openNameServer } from '../../mocks/dns/server.ts';
import { quickDnsFaults } from './links-expected-dns.ts';

const on = 'client→idp';
const name = 'idp.example';
await using server = await openNameServer({
  port: 53,
  names: [{ name, addresses: ['127.0.0.1'], link: on }],
  observe: () => undefined,
  now: () => performance.now(),
});
const idp = createServer((_, response) => response.end('right')).listen(0, '127.0.0.1');
await once(idp, 'listening');
const url = `http://${name}:${(idp.address() as AddressInfo).port}/`;

async function timed(ask: () => Promise<string>) {
  const began = performance.now();
  return { saw: await ask(), took: performance.now() - began };
}

const seen = async () => ({
  getaddrinfo: await timed(() =>
    dns.lookup(name, { all: true, order: 'verbatim' }).then(
      (found) => found.map(({ address }) => address).join(),
      (problem: NodeJS.ErrnoException) => String(problem.code),
    ),
  ),
  curl: await timed(
    () =>
      new Promise((resolve) => {
        execFile('curl', ['-s', '--noproxy', '*', url], (problem, out) => {
          resolve(problem ? `curl:${problem.code}` : out);
        });
      }),
  ),
});

const told: { [id: string]: unknown } = { before: await seen() };
for (const fault of quickDnsFaults) {
  const clear = await server.place({ fault, on, schedule: { when: 'always' } }, seeded(1, 'dns'));
  told[fault.id] = await seen();
  await clear();
}
told.after = await seen();
console.log(JSON.stringify(told));
idp.closeAllConnections();
idp.close();
