import type { Clock } from '../../harness/model/time.ts';
import { ecdsa, newKeys, pem, privatePem, serverExtensions, validity, x509 } from './certificate.ts';
import type { KeyAndCertificate, LeafOptions } from './issued.ts';

/** A server certificate that no authority vouches for: issuer and subject are the same. */
export async function selfSigned(options: LeafOptions & { readonly clock: Clock }): Promise<KeyAndCertificate> {
  const { clock, hosts, commonName = hosts[0] ?? 'nobody', ...dates } = options;
  const library = await x509();
  const keys = await newKeys();
  const certificate = await library.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: ecdsa,
    ...validity(clock.now(), 1, 30),
    ...dates,
    extensions: [
      ...(await serverExtensions(hosts)),
      await library.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await privatePem(keys), cert: pem(certificate) };
}
