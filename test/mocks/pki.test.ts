import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { selfSigned } from '../../mocks/pki/self-signed.ts';

const clock = { now: () => Date.parse('2031-05-06T07:08:09.123Z') };
const hosts = ['127.0.0.1', 'localhost', '::1', '*.idp.example'];

test('a leaf chains to its authority and to no other, and its key is the private key', async () => {
  const [mine, other] = await Promise.all([createAuthority({ clock }), createAuthority({ clock })]);
  const leaf = await mine.issue({ hosts });
  const certificate = new X509Certificate(leaf.cert);
  expect(certificate.checkIssued(new X509Certificate(mine.caPem))).toBe(true);
  expect(certificate.verify(new X509Certificate(mine.caPem).publicKey)).toBe(true);
  expect(certificate.verify(new X509Certificate(other.caPem).publicKey)).toBe(false);
  expect(certificate.checkPrivateKey(createPrivateKey(leaf.key))).toBe(true);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('127.0.0.2')).toBeUndefined();
  expect(certificate.checkHost('a.idp.example')).toBe('*.idp.example');
  expect(certificate.ca).toBe(false);
  expect(new X509Certificate(mine.caPem).ca).toBe(true);
  expect(new X509Certificate(mine.caPem).subject).not.toBe(new X509Certificate(other.caPem).subject);
});

test('dates follow the clock, or are what was asked for', async () => {
  const authority = await createAuthority({ clock });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: 1, max: 400 }), async (from, days) => {
      const notBefore = new Date(Date.parse('2031-05-06T00:00:00Z') + from * 86_400_000);
      const notAfter = new Date(notBefore.getTime() + days * 86_400_000);
      const certificate = new X509Certificate((await authority.issue({ hosts, notBefore, notAfter })).cert);
      expect(certificate.validFromDate).toEqual(notBefore);
      expect(certificate.validToDate).toEqual(notAfter);
    }),
    { numRuns: 20 },
  );
  const usual = new X509Certificate((await authority.issue({ hosts })).cert);
  expect(usual.validFromDate).toEqual(new Date('2031-05-05T07:08:09Z'));
  expect(usual.validToDate).toEqual(new Date('2031-06-05T07:08:09Z'));
});

test('a self-signed certificate vouches for itself alone', async () => {
  const { cert } = await selfSigned({ clock, hosts });
  const certificate = new X509Certificate(cert);
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

const openssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!openssl)('openssl verifies the chain strictly, and refuses what it should', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'failwell-pki-'));
  try {
    const authority = await createAuthority({ clock });
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, authority.caPem);
    const verify = (cert: string, ...more: string[]) => {
      const leaf = join(folder, 'leaf.pem');
      writeFileSync(leaf, cert);
      const at = String(Math.floor(clock.now() / 1000));
      const options = ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', at, '-CAfile', ca, ...more, leaf];
      try {
        return execFileSync('openssl', options, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr);
      }
    };
    expect(verify((await authority.issue({ hosts })).cert, '-verify_ip', '127.0.0.1')).toContain(': OK');
    expect(verify((await authority.issue({ hosts: ['idp.example'] })).cert, '-verify_ip', '127.0.0.1')).toContain(
      'IP address mismatch',
    );
    const past = { notBefore: new Date('2031-01-01T00:00:00Z'), notAfter: new Date('2031-02-01T00:00:00Z') };
    expect(verify((await authority.issue({ hosts, ...past })).cert)).toContain('certificate has expired');
    expect(verify((await selfSigned({ clock, hosts })).cert)).toContain('self-signed certificate');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
