import type { Clock } from '../../harness/model/time.ts';
import { ecdsa, type LeafOptions, newKeys, pem, privatePem, serverExtensions, validity, x509 } from './certificate.ts';
import type { KeyAndCertificate } from './key-and-certificate.ts';

/** A certificate authority of one stage. Its key never leaves it. */
export interface Authority {
  /** Its own certificate. */
  readonly caPem: string;
  /** A new EC P-256 key and a certificate for it, signed by this authority (RFC 5280). */
  issue(options: LeafOptions): Promise<KeyAndCertificate>;
}

/** A new authority, valid from a day ago to ten years ahead by this clock. Two of them never share a key or a name. */
export async function createAuthority({ clock }: { readonly clock: Clock }): Promise<Authority> {
  const library = await x509();
  const keys = await newKeys();
  const keyId = await library.SubjectKeyIdentifierExtension.create(keys.publicKey);
  const name = `CN=Failwell test authority ${keyId.keyId.slice(0, 8)}, O=Failwell`;
  const authorityKeyId = await library.AuthorityKeyIdentifierExtension.create(keys.publicKey);
  const { keyCertSign, cRLSign } = library.KeyUsageFlags;
  const ca = await library.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: ecdsa,
    ...validity(clock.now(), 1, 3650),
    extensions: [
      new library.BasicConstraintsExtension(true, undefined, true),
      new library.KeyUsagesExtension(keyCertSign | cRLSign, true),
      keyId,
    ],
  });

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
  };
}
