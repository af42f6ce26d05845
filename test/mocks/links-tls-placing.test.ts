import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault, PlacedFault } from '../../harness/model/fault.ts';
import { status } from '../../mocks/faults/links/status.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { clients } from './links-clients.ts';
import { openSecureLink, place, random } from './links-tls-fixtures.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

const [, undici] = clients[0]!;
const [, node] = clients[1]!;
const connect = (url: string) => undici(url, authority.caPem, '');
const always = { when: 'always' } as const;

test('a schedule counts connections: the first two fail, the third is served', async () => {
  await using link = await openSecureLink(authority);
  await using client = connect(link.url);
  await link.place({ fault: tls.selfSigned(), on: 'gateway→idp', schedule: { when: 'first', count: 2 } }, random);
  expect(await client.get('/')).toEqual({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(await client.get('/')).toEqual({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(await client.get('/')).toMatchObject({ status: 200 });
  // On the same connection.
  expect(await client.get('/')).toMatchObject({ status: 200 });
  expect(link.seen.filter(({ end }) => end === 'complete')).toMatchObject([{ faults: [] }, { faults: [] }]);
});

test('two flaws are in one certificate, and with one cleared the other is left', async () => {
  await using link = await openSecureLink(authority);
  const shown = () =>
    new Promise<{ subject: string; expired: boolean }>((resolve, reject) => {
      const { hostname: host, port } = new URL(link.url);
      const socket = connectTls({ host, port: Number(port), rejectUnauthorized: false }, () => {
        const { subject, validToDate } = socket.getPeerX509Certificate()!;
        resolve({ subject, expired: validToDate.getTime() < Date.now() });
        socket.destroy();
      });
      socket.on('error', reject);
    });
  const clearExpired = await place(link, tls.expiredCertificate());
  const clearWrong = await place(link, tls.wrongHost());
  expect(await shown()).toEqual({ subject: 'CN=other.failwell.test', expired: true });
  await clearExpired();
  expect(await shown()).toEqual({ subject: 'CN=other.failwell.test', expired: false });
  await clearWrong();
  expect(await shown()).toEqual({ subject: 'CN=127.0.0.1', expired: false });
});

test('a client that does not mind goes on, with the fault told, and is cut off when it is cleared', async () => {
  await using link = await openSecureLink(authority);
  await using client = node(link.url, authority.caPem, '');
  const clear = await place(link, tls.wrongChainOrder());
  const clearStatus = await place(link, status(503));
  expect(await client.get('/')).toMatchObject({ status: 503 });
  await clearStatus();
  await clear();
  expect(await client.get('/')).toMatchObject({ status: 200 });
  expect(link.seen.map(({ faults }) => faults)).toEqual([['tls/wrong-chain-order', 'http/status-503'], []]);
});

test('a client with a certificate of the trusted authority passes where one is demanded, one with another does not', async () => {
  await using link = await openSecureLink(authority);
  await place(link, tls.clientCertificateDemanded());
  const plan = { valid: { from: -1, to: 1 }, hash: 'SHA-256', names: 'own', usage: 'client', key: 'EC P-256' } as const;
  const chain = { root: 'trusted', intermediates: [], leaf: { ...plan, revoked: false }, shows: 'all' } as const;
  const says = async (root: 'trusted' | 'unknown') => {
    const { key, cert } = await authority.issueChain({ ...chain, root }, ['gateway']);
    const { hostname: host, port } = new URL(link.url);
    return await new Promise<string>((resolve) => {
      const socket = connectTls({ host, port: Number(port), ca: authority.caPem, key, cert });
      let said = '';
      socket.on('data', (data) => (said += data)).on('error', () => undefined);
      socket.on('close', () => resolve(said.split('\r\n')[0]!));
      socket.write('GET / HTTP/1.1\r\nHost: idp\r\nConnection: close\r\n\r\n');
    });
  };
  expect(await says('trusted')).toBe('HTTP/1.1 200 OK');
  expect(await says('unknown')).toBe('');
});

test('it is the same in front of a real server', async () => {
  const answer: RequestListener = (_, response) => response.end('real');
  const server = createServer(await authority.issue({ hosts: ['127.0.0.1'] }), answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await using link = await openSecureLink(authority, { origin: { url, ca: authority.caPem } });
    await using client = connect(link.url);
    expect(await client.get('/')).toMatchObject({ body: Buffer.from('real') });
    const clear = await place(link, tls.unknownAuthority());
    expect(await client.get('/')).toEqual({ code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    await clear();
    expect(await client.get('/')).toMatchObject({ body: Buffer.from('real') });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('what a link cannot hold is refused with a reason', async () => {
  const placed = (fault: AnyFault, more: Partial<PlacedFault> = {}) =>
    ({ fault, on: 'gateway→idp', schedule: always, ...more }) as const;
  await using plain = await openSecureLink(authority, { tls: undefined });
  await expect(plain.place(placed(tls.handshakeHangs()), random)).rejects.toThrow(/serves none/);
  await using silent = await openSecureLink(authority, { listen: false });
  await expect(silent.place(placed(tls.handshakeHangs()), random)).rejects.toThrow(/serves none/);
  await using secure = await openSecureLink(authority);
  await expect(secure.place(placed(tls.selfSigned(), { at: 'jwks' }), random)).rejects.toThrow(/one endpoint/);
  await using poor = await openSecureLink(authority, { tls: await authority.issue({ hosts: ['127.0.0.1'] }) });
  await expect(poor.place(placed(tls.selfSigned()), random)).rejects.toThrow(FailwellError);
  const clear = await poor.place(placed(tls.alerts()), random);
  await using client = connect(poor.url);
  expect((await client.get('/')).code).toMatch(/ALERT_HANDSHAKE_FAILURE/);
  await clear();
  expect(await client.get('/')).toMatchObject({ status: 200 });
});

test('a link closes while handshakes hang', async () => {
  const link = await openSecureLink(authority);
  await using client = connect(link.url);
  await place(link, tls.handshakeHangs());
  const hanging = client.get('/');
  expect(await connect(link.url).get('/', [], 200)).toEqual({ code: 'TIMEOUT' });
  await link[Symbol.asyncDispose]();
  expect(await hanging).toEqual({ code: expect.stringMatching(/ECONNRE|UND_ERR_SOCKET/) });
});
