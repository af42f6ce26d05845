import type { Clock } from '../../harness/model/time.ts';
import { armoured, ecdsa, newKeys, pem, privatePem, serverExtensions, validity, x509 } from './certificate.ts';
import { makeChain, type Revocation } from './chain.ts';
import { der } from './der.ts';
import type { Authority, KeyAndCertificate, RevocationUrls } from './issued.ts';
import { issuerFrom, keptIssuer, newIssuer } from './issuer.ts';
import { askedAbout, ocspResponse } from './ocsp.ts';

/** A new root, valid from a day ago to ten years ahead by this clock. Two of them never share a key or a name. */
const newRoot = (clock: Clock) => newIssuer({ valid: { from: -1, to: 3650 }, hash: 'SHA-256' }, clock.now());

/** The same, to be kept: what `createAuthority` takes as its `root`. */
export const createRoot = async (clock: Clock): Promise<KeyAndCertificate> => keptIssuer(await newRoot(clock));

/** @param root one that was kept; a new one when absent */
export async function createAuthority({
  clock,
  root: kept,
}: {
  readonly clock: Clock;
  readonly root?: KeyAndCertificate | undefined;
}): Promise<Authority> {
  const library = await x509();
  const root = kept ? await issuerFrom(kept) : await newRoot(clock);
  const { keys, certificate: ca } = root;
  const authorityKeyId = await library.AuthorityKeyIdentifierExtension.create(keys.publicKey);
  const revocations: Revocation[] = [];

  const authority = (revocation: RevocationUrls | undefined): Authority => ({
    caPem: pem(ca),
    async issue({ hosts, commonName = hosts[0] ?? 'nobody', ...dates }) {
      const leaf = await newKeys();
      const certificate = await library.X509CertificateGenerator.create({
        subject: `CN=${commonName}`,
        issuer: ca.subject,
        publicKey: leaf.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ecdsa,
        ...validity(clock.now(), 1, 30),
        ...dates,
        extensions: [
          ...(await serverExtensions(hosts, 'server', revocation)),
          await library.SubjectKeyIdentifierExtension.create(leaf.publicKey),
          authorityKeyId,
        ],
      });
      return { key: await privatePem(leaf), cert: pem(certificate) };
    },
    issueChain: (plan, hosts) =>
      makeChain(plan, hosts, { root, now: clock.now(), revocation, revoked: (one) => revocations.push(one) }),
    telling: authority,
    async revocationList() {
      const { notBefore: thisUpdate, notAfter: nextUpdate } = validity(clock.now(), 0, 1);
      const list = await library.X509CrlGenerator.create({
        issuer: ca.subject,
        thisUpdate,
        nextUpdate,
        entries: revocations.map(({ serial, revokedAt }) => ({
          serialNumber: serial,
          revocationDate: revokedAt,
          reason: library.X509CrlReason.keyCompromise,
        })),
        extensions: [authorityKeyId, new library.Extension(crlNumber, false, numbered(revocations.length))],
        signingKey: keys.privateKey,
        signingAlgorithm: ecdsa,
      });
      return armoured('X509 CRL', list.rawData);
    },
    ocspResponse(request) {
      const about = askedAbout(request).map(({ certId, serial }) => ({
        certId,
        revokedAt: revocations.find((one) => one.serial === serial)?.revokedAt,
      }));
      const { notBefore: now, notAfter: nextUpdate } = validity(clock.now(), 0, 1);
      return ocspResponse(root, { about, now, nextUpdate });
    },
  });
  return authority(undefined);
}

/** RFC 5280 §5.2.3. */
const crlNumber = '2.5.29.20';

/** A positive INTEGER that grows with the count, up to 65,535 of them. */
const numbered = (count: number) => der(0x02, Buffer.from([1, count >> 8, count & 0xff]));
