import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type TlsOptions } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import * as links from '../../mocks/faults/links/index.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import type { WireErrors } from '../../mocks/links/exchange.ts';
import type { HttpOrigin } from '../../mocks/links/far-end.ts';
import type { TcpOrigin } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { machine, needing } from '../machine.ts';
import { random } from './links-met.ts';
import { openSeen, serve, tcp } from './links-served.ts';

let authority: Authority;
let folder: string;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
  folder = mkdtempSync(join(tmpdir(), 'failwell-errors-'));
  writeFileSync(join(folder, 'ca.pem'), authority.caPem);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Open = Awaited<ReturnType<typeof openSeen>>;
type Client = (url: string) => Promise<unknown>;

/** Its exit code is what the test is not about. */
const run = (command: string, ...options: string[]) =>
  new Promise<void>((resolve) => {
    execFile(command, options, () => resolve()).stdin?.end();
  });
const openssl: Client = (url) =>
  run(
    machine.openssl!,
    ...['s_client', '-connect', new URL(url).host, '-verify_return_error', '-verify_ip', '127.0.0.1'],
    ...['-CAfile', join(folder, 'ca.pem')],
  );
const curl: Client = (url) => run(machine.curl!, '-sS', '--cacert', join(folder, 'ca.pem'), url);
const node: Client = (url) => once(connectTls({ host: '127.0.0.1', port: portOf(url), ca: authority.caPem }), 'error');
const portOf = (url: string) => Number(new URL(url).port);

/** What a link tells of the one exchange that a client brings about. */
async function errorsOf(link: Open, client: Client): Promise<WireErrors | undefined> {
  await client(link.url);
  const [seen] = await link.until(1);
  expect(link.seen).toHaveLength(1);
  expect(seen?.end).not.toBe('complete');
  return seen?.errors;
}

async function secure(fault: AnyFault): Promise<Open> {
  const handle = async () => ({ status: 200, headers: [], body: Buffer.from('ok') });
  const served = { ...(await authority.issue({ hosts: ['127.0.0.1'] })), authority };
  const link = await openSeen({ origin: { handle }, tls: served });
  await link.place({ fault, on: 'gateway→api', schedule: { when: 'always' } }, random);
  return link;
}

test.each([
  ['certificate_expired', tls.expiredCertificate()],
  ['unknown_ca', tls.unknownAuthority()],
  ['unknown_ca', tls.missingIntermediate()],
  ['unsupported_certificate', tls.wrongUsage()],
] as const)(
  '%s: the alert that openssl and curl send is seen at the near end, and nothing at the far end',
  needing('openssl', 'curl'),
  async (alert, fault) => {
    for (const client of [openssl, curl]) {
      await using link = await secure(fault);
      const code = expect.stringMatching(/^ERR_SSL_/);
      expect(await errorsOf(link, client)).toEqual({
        first: 'near',
        near: { code, message: expect.stringContaining('SSL alert number'), alert },
      });
    }
  },
);

test('Node says nothing and hangs up, which is what is seen; an alert of the link is named', async () => {
  await using expired = await secure(tls.expiredCertificate());
  expect(await errorsOf(expired, node)).toEqual({
    first: 'near',
    near: { code: 'CLOSED', message: expect.stringMatching(/^the peer closed (after|in) the TLS handshake/) },
  });
  await using alerting = await secure(tls.alerts({ description: 80 }));
  expect(await errorsOf(alerting, node)).toMatchObject({ near: { code: 'TLS_REFUSED', alert: 'internal_error' } });
});

/** A server that shows a certificate of these options, as long as the test runs. */
async function upstream(options: TlsOptions & { readonly expired?: true }): Promise<{ url: string; ca: string }> {
  const { expired, ...how } = options;
  const yesterday = new Date(Date.now() - 86_400_000);
  const leaf = await authority.issue({ hosts: ['127.0.0.1'], ...(expired && { notAfter: yesterday }) });
  const server = createHttps({ ...leaf, ...how }, (_, response) => void response.end('ok'));
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, ca: authority.caPem };
}

/** A port at which nobody listens. */
async function nobody(): Promise<{ url: string; port: number }> {
  await using server = await tcp(() => undefined);
  return { url: server.url, port: server.port };
}

const get = (url: string) => fetch(url).then((answer) => answer.text());
const reset = { code: 'ECONNRESET', message: 'the link reset the connection' };

test('what the far end does is seen there, and at the near end what the link makes of it', async () => {
  const hangsUp = await tcp((socket) => socket.once('data', () => socket.destroy()));
  const resets = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await using _ = hangsUp;
  await using __ = resets;
  const cases: readonly [HttpOrigin, object][] = [
    [await nobody(), { code: 'ECONNREFUSED' }],
    [resets, { code: 'ECONNRESET', message: 'read ECONNRESET' }],
    [hangsUp, { code: 'UND_ERR_SOCKET' }],
    [await upstream({ expired: true }), { code: 'CERT_HAS_EXPIRED' }],
    [await upstream({ requestCert: true, maxVersion: 'TLSv1.2' }), { alert: 'handshake_failure' }],
    [await upstream({ requestCert: true }), { alert: 'certificate_required' }],
  ];
  for (const [origin, far] of cases) {
    await using link = await openSeen({ origin });
    expect(await errorsOf(link, (url) => get(url).catch(String))).toMatchObject({ first: 'far', far, near: reset });
    // There is no socket at which anything could be seen besides.
    await using direct = await openSeen({ origin, listen: false });
    await direct.send({ method: 'GET', path: '/', headers: [], body: new Uint8Array() }, { signal: patient() });
    expect(direct.seen[0]?.errors).toMatchObject({ first: 'far', far });
    expect(direct.seen[0]?.errors).not.toHaveProperty('near');
  }
});

const patient = () => AbortSignal.timeout(10_000);

/** Asks by hand, and goes as it is told to when the answer has begun. */
const leaving =
  (leave: (socket: Socket) => void): Client =>
  async (url) => {
    const socket = connect({ host: '127.0.0.1', port: portOf(url) });
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    leave(socket);
    await once(socket, 'close');
  };

test('a near party that goes is seen to, by its errno where it broke off, and the far end is let go', async () => {
  const begins: RequestListener = (_, response) => void response.write('beginning');
  const far = { code: 'CLOSED', message: 'the link closed the connection, as the near end was gone' };
  await using server = await serve(begins);
  await using bytes = await tcp((socket) => void socket.write('beginning'));
  await using left = await openSeen({ origin: server });
  const closes = leaving((socket) => socket.destroy());
  expect(await errorsOf(left, closes)).toMatchObject({ first: 'near', near: { code: 'CLOSED' }, far });
  // Without HTTP a party that closes may just have no more to say.
  const origins: readonly (HttpOrigin | TcpOrigin)[] = [server, { tcp: { host: '127.0.0.1', port: bytes.port } }];
  for (const origin of origins) {
    await using broken = await openSeen({ origin });
    const seen = await errorsOf(
      broken,
      leaving((socket) => socket.resetAndDestroy()),
    );
    expect(seen).toMatchObject({ first: 'near', near: { code: 'ECONNRESET', message: 'read ECONNRESET' } });
    expect(seen?.far?.code).toMatch(/^(CLOSED|ECONNRESET)$/);
  }
});

test('a link without HTTP tells of both ends as well', async () => {
  await using resets = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  const says: Client = async (url) => {
    const socket = connect({ host: '127.0.0.1', port: portOf(url) }).on('error', () => undefined);
    socket.write('hello');
    await new Promise((resolve) => socket.once('close', resolve));
  };
  for (const [port, far] of [
    [(await nobody()).port, { code: 'ECONNREFUSED' }],
    [resets.port, { code: 'ECONNRESET' }],
  ] as const) {
    await using link = await openSeen({ origin: { tcp: { host: '127.0.0.1', port } } });
    expect(await errorsOf(link, says)).toMatchObject({ first: 'far', far, near: reset });
  }
});

test('a fault on the connection is met at the near end alone', async () => {
  await using server = await serve((_, response) => void response.end('ok'));
  await using link = await openSeen({ origin: server });
  await link.place({ fault: links.resets(), on: 'gateway→api', schedule: { when: 'always' } }, random);
  expect(await errorsOf(link, (url) => get(url).catch(String))).toEqual({ first: 'near', near: reset });
});
