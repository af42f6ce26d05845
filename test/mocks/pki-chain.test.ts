import { X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { ChainPlan } from '../../harness/model/tls.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { usualHandshake } from '../../mocks/links/handshake.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { random } from './links-tls-fixtures.ts';

const day = 86_400_000;
let now = Date.parse('2031-05-06T07:08:09.123Z');
let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => now } });
});

async function shown(chain: ChainPlan, hosts = ['127.0.0.1', 'idp.example']) {
  const { cert, staple } = await authority.issueChain(chain, hosts);
  const blocks = cert.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g)!;
  return { certificates: blocks.map((one) => new X509Certificate(one)), staple };
}

const flawed = (fault: ReturnType<typeof tls.revoked>) => shown(fault.apply(usualHandshake, random).chain);
const inDays = (date: Date) => (date.getTime() - Math.floor(now / 1000) * 1000) / day;

test('without a flaw it is what the authority issues anyway', async () => {
  const { certificates, staple } = await shown(usualHandshake.chain);
  expect(certificates).toHaveLength(1);
  const usual = new X509Certificate((await authority.issue({ hosts: ['127.0.0.1', 'idp.example'] })).cert);
  const [{ subject, subjectAltName, issuer, keyUsage, validFrom, validTo, ca }] = certificates as [X509Certificate];
  expect({ subject, subjectAltName, issuer, keyUsage, validFrom, validTo, ca }).toEqual({
    subject: usual.subject,
    subjectAltName: usual.subjectAltName,
    issuer: usual.issuer,
    keyUsage: usual.keyUsage,
    validFrom: usual.validFrom,
    validTo: usual.validTo,
    ca: false,
  });
  expect(staple).toBeUndefined();
});

test('dates are relative to the clock of the authority, wherever it goes', async () => {
  for (const years of [0, 3]) {
    now += years * 365 * day;
    const past = (await flawed(tls.expiredCertificate({ days: 3 }))).certificates[0]!;
    expect([inDays(past.validFromDate), inDays(past.validToDate)]).toEqual([-33, -3]);
    const future = (await flawed(tls.notYetValid())).certificates[0]!;
    expect([inDays(future.validFromDate), inDays(future.validToDate)]).toEqual([1, 31]);
    const [leaf, intermediate] = (await flawed(tls.expiredIntermediate())).certificates;
    expect([inDays(leaf!.validFromDate), inDays(leaf!.validToDate)]).toEqual([-1, 30]);
    expect(inDays(intermediate!.validToDate)).toBe(-1);
  }
});

test('every chain but its flaw is sound: each certificate is signed by the next, and the last by the root', async () => {
  const root = new X509Certificate(authority.caPem);
  for (const fault of [tls.expiredIntermediate(), tls.pathLengthExceeded(), tls.wrongUsage(), tls.weakKey()]) {
    const { certificates } = await flawed(fault);
    for (const [at, certificate] of certificates.entries()) {
      const issuer = certificates[at + 1] ?? root;
      expect(certificate.checkIssued(issuer)).toBe(true);
      expect(certificate.verify(issuer.publicKey)).toBe(true);
    }
  }
});

test('flaws are what they are called', async () => {
  const leaf = async (fault: ReturnType<typeof tls.revoked>) => (await flawed(fault)).certificates[0]!;
  expect((await leaf(tls.commonNameOnly())).subjectAltName).toBeUndefined();
  expect((await leaf(tls.commonNameOnly())).subject).toBe('CN=127.0.0.1');
  expect((await leaf(tls.wrongHost())).subjectAltName).toBe('DNS:other.failwell.test');
  expect((await leaf(tls.wrongUsage())).keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  expect((await leaf(tls.weakKey())).publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
  expect((await leaf(tls.sha1Signature())).signatureAlgorithm).toBe('ecdsa-with-SHA1');
  const own = await leaf(tls.selfSigned());
  expect(own.verify(own.publicKey)).toBe(true);
  expect((await flawed(tls.missingIntermediate())).certificates).toHaveLength(1);
  expect((await flawed(tls.revoked())).staple).toBeInstanceOf(Uint8Array);
});
