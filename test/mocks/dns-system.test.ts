import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needing } from '../machine.ts';
import { dnsRows } from './links-expected-dns.ts';

interface Seen {
  readonly [client: string]: { readonly saw: string; readonly took: number };
}

/** A network and files of its own: only there can a test be the name server that the whole system asks. */
describe('glibc and curl in a network of their own', needing('namespaces', 'curl'), () => {
  let folder: string;
  let told: { readonly [id: string]: Seen };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'failwell-dns-'));
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\nsearch .\noptions timeout:1 attempts:1\n');
    writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    const program = [
      'ip link set lo up',
      `for file in resolv.conf nsswitch.conf; do mount --bind ${folder}/$file /etc/$file; done`,
      `exec ${process.execPath} ${join(import.meta.dirname, 'dns-system.ts')}`,
    ];
    const { stdout } = await promisify(execFile)('unshare', ['-rmn', 'sh', '-e', '-c', program.join('\n')]);
    told = JSON.parse(stdout);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.entries(dnsRows))('%s', (id, row) => {
    for (const client of ['getaddrinfo', 'curl'] as const) {
      const { saw, took } = told[id]![client]!;
      expect(saw, client).toBe(row[client]);
      expect(took, client).toBeGreaterThanOrEqual(row.takes ?? 0);
    }
  });

  test.each(['before', 'after'])('what is right is found %s', (when) => {
    expect(told[when]).toMatchObject({ getaddrinfo: { saw: '127.0.0.1' }, curl: { saw: 'right' } });
  });
});
