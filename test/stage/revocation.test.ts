import { execFile } from 'node:child_process';
import type { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { openGatewayWires } from '../../harness/stage/gateway/wires.ts';
import { openNeighbours } from '../../harness/stage/neighbours.ts';
import { createSurroundings } from '../../harness/stage/surroundings.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { folderOf } from '../cli/failwell.ts';
import { machine, needing } from '../machine.ts';

const openssl = (...options: string[]) =>
  new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
    const told = (problem: { code?: number | string | null } | null, out: string, err: string) =>
      resolve({ code: Number(problem?.code ?? 0), said: out + err });
    execFile(machine.openssl!, options, told).stdin?.end();
  });

const now = () => performance.now();
const ignored = () => undefined;

/** The certificate that is shown there. */
const shownAt = (port: number) =>
  new Promise<X509Certificate>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate);
    });
    socket.on('error', reject);
  });

const places = (certificate: X509Certificate) => ({
  ocsp: /OCSP - URI:(\S+)/.exec(certificate.infoAccess ?? '')?.[1] ?? '',
  list: /http:[\w:/.[\]-]+?list\.crl/.exec(certificate.raw.toString('latin1'))?.[0] ?? '',
});

test.each([
  ['on loopback', undefined, '127.0.0.1'],
  ['elsewhere', { listen: '0.0.0.0', hostOf: () => 'localhost' }, 'localhost'],
] as const)(
  'on a link of a stage a revocation shows to whoever fetches the list or asks the responder: %s',
  needing('openssl'),
  async (_, reach, host) => {
    await using surroundings = await createSurroundings();
    await using neighbours = await openNeighbours(reach, ignored, now, surroundings.authority);
    const random = seeded(1, 'revocation');
    await using wires = await openGatewayWires({ neighbours, surroundings, random, observe: ignored, now });
    const link = wires.links.get('gateway→idp')!;
    const port = Number(new URL(link.url).port);
    const leaf = `${await folderOf({})}/leaf.pem`;
    const trust = ['-CAfile', surroundings.ca.file];
    const checks = ['-verify_return_error', '-crl_check', '-crl_download'];
    const fetching = () => openssl('s_client', '-connect', `127.0.0.1:${port}`, ...trust, ...checks);
    const asking = async () => {
      const certificate = await shownAt(port);
      await writeFile(leaf, certificate.toString());
      const { ocsp, list } = places(certificate);
      expect([new URL(ocsp).hostname, new URL(list).hostname]).toEqual([host, host]);
      return (await openssl('ocsp', '-url', ocsp, '-issuer', surroundings.ca.file, '-cert', leaf, ...trust)).said;
    };

    expect(await fetching()).toMatchObject({ code: 0 });
    expect(await asking()).toMatch(/: good\n[\s\S]*Response verify OK/);
    const placed = { fault: tls.revoked(), on: 'gateway→idp', schedule: { when: 'always' } } as const;
    const clear = await link.place(placed, random);
    const revoked = expect.stringContaining('num=23:certificate revoked');
    expect(await fetching()).toMatchObject({ code: 1, said: revoked });
    expect(await asking()).toMatch(/: revoked\n[\s\S]*Reason: keyCompromise[\s\S]*Response verify OK/);
    await clear();
    expect(await fetching()).toMatchObject({ code: 0 });
  },
);
