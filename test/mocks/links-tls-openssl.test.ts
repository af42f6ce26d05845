import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tlsFaults } from '../../mocks/faults/links/tls/all.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { openAuthority } from '../../mocks/pki/open-authority.ts';
import { machine, needing } from '../machine.ts';
import { tlsRows } from './links-expected-tls.ts';
import { openSecureLink, place } from './links-tls-fixtures.ts';

let authority: Authority;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'failwell-openssl-'));
  authority = await createAuthority({ clock: { now: () => Date.now() } });
  writeFileSync(join(folder, 'ca.pem'), authority.caPem);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program said, and how it ended: by itself, or because it took longer than `within` milliseconds. */
function run(
  command: string,
  options: readonly string[],
  within?: number,
): Promise<{ readonly code: number | 'hung'; readonly said: string }> {
  return new Promise((resolve) => {
    const child = execFile(command, options, { timeout: within }, (problem, out, err) => {
      resolve({ code: problem?.killed ? 'hung' : Number(problem?.code ?? 0), said: out + err });
    });
    child.stdin?.end();
  });
}

/** A handshake as a strict client makes it. */
function handshake(url: string, more: readonly string[] = [], within?: number) {
  const trust = ['-CAfile', join(folder, 'ca.pem'), '-verify_return_error', '-verify_ip', '127.0.0.1'];
  return run(machine.openssl!, ['s_client', '-connect', new URL(url).host, ...trust, ...more], within);
}

test.each([...tlsFaults, tls.alerts({ description: 112 })].map((fault) => [fault.id, fault] as const))(
  '%s: openssl agrees, and no longer once it is cleared',
  needing('openssl'),
  async (id, fault) => {
    const { says, depth, options = [], exit = 1 } = tlsRows[id]?.openssl ?? { says: 'SSL alert number 112' };
    await using link = await openSecureLink(authority);
    const clear = await place(link, fault);
    const { code, said } = await handshake(link.url, options, exit === 'hung' ? 1_000 : undefined);
    expect(said).toMatch(says);
    if (depth !== undefined) expect(said).toContain(`depth=${depth}`);
    expect(code).toBe(exit);
    await clear();
    expect(link.seen).toMatchObject([{ faults: [id] }]);
    expect(await handshake(link.url)).toMatchObject({ code: 0, said: expect.stringContaining('Verification: OK') });
  },
);

test.each(Object.entries(tlsRows).flatMap(([id, { curlThatLooks: row }]) => (row ? [[id, row] as const] : [])))(
  '%s: curl agrees when it is told to look',
  needing('curl'),
  async (id, { code, says, options }) => {
    await using link = await openSecureLink(authority);
    await place(link, tlsFaults.find((fault) => fault.id === id)!);
    const trust = ['--cacert', join(folder, 'ca.pem')];
    const came = await run(machine.curl!, ['-sS', '--noproxy', '*', ...trust, ...options, link.url]);
    expect(`curl:${came.code}`).toMatch(code);
    expect(came.said).toMatch(says);
  },
);

test.each([
  ['TLSv1', tls.onlyTls10()],
  ['TLSv1.1', tls.onlyTls11()],
] as const)('%s is spoken with a client that stoops to it', needing('openssl'), async (version, fault) => {
  await using link = await openSecureLink(authority);
  await place(link, fault);
  const { code, said } = await handshake(link.url, ['-cipher', 'ALL:@SECLEVEL=0']);
  expect(said).toMatch(new RegExp(`Protocol *: ${version.replace('.', '\\.')}\n`));
  expect(code).toBe(0);
});

test(
  'the chain in the wrong order has every certificate, the lower intermediate last',
  needing('openssl'),
  async () => {
    await using link = await openSecureLink(authority);
    await place(link, tls.wrongChainOrder());
    const { code, said } = await handshake(link.url, ['-showcerts']);
    expect(code).toBe(0);
    const blocks = said.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)!;
    const [leaf, upper, lower] = blocks.slice(0, 3).map((one) => new X509Certificate(one));
    expect(leaf!.checkIssued(lower!)).toBe(true);
    expect(lower!.checkIssued(upper!)).toBe(true);
    expect(upper!.checkIssued(new X509Certificate(authority.caPem))).toBe(true);
  },
);

test(
  'a revoked certificate is on the list of its authority, and there openssl refuses it',
  needing('openssl'),
  async () => {
    await using link = await openSecureLink(authority);
    const list = async () => {
      writeFileSync(join(folder, 'crl.pem'), await authority.revocationList());
      return ['-crl_check', '-CRL', join(folder, 'crl.pem')];
    };
    expect(await handshake(link.url, await list())).toMatchObject({ code: 0 });
    const clear = await place(link, tls.revoked());
    // Its certificate is made for whoever comes first.
    await handshake(link.url);
    const listed = await handshake(link.url, await list());
    expect(listed).toMatchObject({ code: 1, said: expect.stringContaining('num=23:certificate revoked') });
    await clear();
    expect(await handshake(link.url, await list())).toMatchObject({ code: 0 });
  },
);

test(
  'a revoked certificate says where to ask, and there the list and the responder say that it is',
  needing('openssl', 'curl'),
  async () => {
    await using open = await openAuthority({ clock: { now: () => Date.now() } });
    writeFileSync(join(folder, 'open.pem'), open.caPem);
    await using link = await openSecureLink(open);
    const { host } = new URL(link.url);
    const shown = async () => {
      const { said } = await run(machine.openssl!, ['s_client', '-connect', host, '-showcerts']);
      const [leaf = ''] = said.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/) ?? [];
      writeFileSync(join(folder, 'leaf.pem'), `${leaf}\n`);
      return new X509Certificate(leaf).infoAccess ?? '';
    };
    const trust = ['-CAfile', join(folder, 'open.pem')];
    // It fetches the list by itself.
    const fetching = ['s_client', '-connect', host, ...trust, '-verify_return_error', '-crl_check', '-crl_download'];
    const asked = async () => {
      const [, url = ''] = /OCSP - URI:(\S+)/.exec(await shown()) ?? [];
      const about = ['-issuer', join(folder, 'open.pem'), '-cert', join(folder, 'leaf.pem')];
      return (await run(machine.openssl!, ['ocsp', '-url', url, ...about, ...trust])).said;
    };
    const byCurl = async () => {
      const { said: text } = await run(machine.openssl!, ['x509', '-in', join(folder, 'leaf.pem'), '-noout', '-text']);
      const [, url = ''] = /URI:(http:\S+list\.crl)/.exec(text) ?? [];
      const list = Buffer.from(await (await fetch(url)).arrayBuffer()).toString('base64');
      writeFileSync(join(folder, 'fetched.pem'), `-----BEGIN X509 CRL-----\n${list}\n-----END X509 CRL-----\n`);
      const options = ['--crlfile', join(folder, 'fetched.pem'), '--cacert', join(folder, 'open.pem'), link.url];
      return run(machine.curl!, ['-sS', '--noproxy', '*', ...options]);
    };
    expect(await run(machine.openssl!, fetching)).toMatchObject({ code: 0 });
    expect(await asked()).toMatch(/: good\n[\s\S]*Response verify OK/);
    expect(await byCurl()).toMatchObject({ code: 0 });
    const clear = await place(link, tls.revoked());
    expect(await run(machine.openssl!, fetching)).toMatchObject({
      code: 1,
      said: expect.stringContaining('num=23:certificate revoked'),
    });
    expect(await asked()).toMatch(/: revoked\n[\s\S]*Reason: keyCompromise[\s\S]*Response verify OK/);
    expect(await byCurl()).toMatchObject({ code: 60, said: expect.stringMatching(/revoked/) });
    await clear();
    expect(await run(machine.openssl!, fetching)).toMatchObject({ code: 0 });
  },
);

test('an authority answers nonsense with an error, and what it does not have with 404', async () => {
  await using open = await openAuthority({ clock: { now: () => Date.now() } });
  const { cert } = await open.issue({ hosts: ['localhost'] });
  const [, url = ''] = /URI:(\S+)/.exec(new X509Certificate(cert).infoAccess ?? '') ?? [];
  for (const body of ['', 'no DER', Buffer.alloc(100_000, 0x30)]) {
    const answer = await fetch(url, { method: 'POST', body });
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toBe('30030a0101');
  }
  expect((await fetch(new URL('/', url))).status).toBe(404);
});
