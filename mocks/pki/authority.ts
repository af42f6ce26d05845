import type { Clock } from '../../harness/model/time.ts';
import type { ChainPlan } from '../../harness/model/tls.ts';
import { ecdsa, type LeafOptions, newKeys, pem, privatePem, serverExtensions, validity, x509 } from './certificate.ts';
import { type IssuedChain, makeChain, type Revocation } from './chain.ts';
import { newIssuer } from './issuer.ts';
import type { KeyAndCertificate } from './key-and-certificate.ts';

/** A certificate authority of one stage. Its key never leaves it. */
export interface Authority {
  /** Its own certificate. */
  readonly caPem: string;
  /** A new EC P-256 key and a certificate for it, signed by this authority (RFC 5280). */
  issue(options: LeafOptions): Promise<KeyAndCertificate>;
  /** New keys and certificates for these hosts with every flaw of the plan. */
  issueChain(plan: ChainPlan, hosts: readonly string[]): Promise<IssuedChain>;
  /** The list of what it has itself issued and revoked (RFC 5280 §5), PEM; valid for a day. */
  revocationList(): Promise<string>;
}

/** A new authority, valid from a day ago to ten years ahead by this clock. Two of them never share a key or a name. */
export async function createAuthority({ clock }: { readonly clock: Clock }): Promise<Authority> {
  const library = await x509();
  const root = await newIssuer({ valid: { from: -1, to: 3650 }, hash: 'SHA-256' }, clock.now());
  const { keys, certificate: ca } = root;
  const authorityKeyId = await library.AuthorityKeyIdentifierExtension.create(keys.publicKey);
  const revocations: Revocation[] = [];

  return {
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
          ...(await serverExtensions(hosts)),
          await library.SubjectKeyIdentifierExtension.create(leaf.publicKey),
          authorityKeyId,
        ],
      });
      return { key: await privatePem(leaf), cert: pem(certificate) };
    },
    issueChain: (plan, hosts) =>
      makeChain(plan, hosts, { root, now: clock.now(), revoked: (revocation) => revocations.push(revocation) }),
    async revocationList() {
      const { notBefore: thisUpdate, notAfter: nextUpdate } = validity(clock.now(), 0, 1);
      const list = await library.X509CrlGenerator.create({
        issuer: ca.subject,
        thisUpdate,
        nextUpdate,
        entries: revocations.map(({ serial, revokedAt }) => ({ serialNumber: serial, revocationDate: revokedAt })),
        extensions: [authorityKeyId],
        signingKey: keys.privateKey,
        signingAlgorithm: ecdsa,
      });
      return pem(list);
    },
  };
}
