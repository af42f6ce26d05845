import { createPrivateKey, webcrypto } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';
import type { IntermediatePlan } from '../../harness/model/tls.ts';
import { ecdsa, newKeys, pem, privatePem, signature, validity, x509 } from './certificate.ts';
import type { KeyAndCertificate } from './issued.ts';

/** Whoever signs certificates. */
export interface Issuer {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/**
 * A new authority with an EC P-256 key and a name that no other has.
 * @param now milliseconds since 1970
 * @param under who signs its certificate; itself when absent
 */
export async function newIssuer(plan: IntermediatePlan, now: number, under?: Issuer): Promise<Issuer> {
  const library = await x509();
  const keys = await newKeys();
  const keyId = await library.SubjectKeyIdentifierExtension.create(keys.publicKey);
  const name = `CN=Failwell test ${under ? 'intermediate' : 'authority'} ${keyId.keyId.slice(0, 8)}, O=Failwell`;
  const { keyCertSign, cRLSign } = library.KeyUsageFlags;
  const certificate = await library.X509CertificateGenerator.create({
    subject: name,
    issuer: under?.certificate.subject ?? name,
    publicKey: keys.publicKey,
    signingKey: (under?.keys ?? keys).privateKey,
    signingAlgorithm: signature((under?.keys ?? keys).privateKey, plan.hash),
    ...validity(now, -plan.valid.from, plan.valid.to),
    extensions: [
      new library.BasicConstraintsExtension(true, plan.pathLength, true),
      new library.KeyUsagesExtension(keyCertSign | cRLSign, true),
      keyId,
      ...(under ? [await library.AuthorityKeyIdentifierExtension.create(under.keys.publicKey)] : []),
    ],
  });
  return { certificate, keys };
}

/** An authority from its key (PKCS #8) and certificate, both PEM. */
export async function issuerFrom({ key, cert }: KeyAndCertificate): Promise<Issuer> {
  const library = await x509();
  const certificate = new library.X509Certificate(cert);
  const pkcs8 = createPrivateKey(key).export({ format: 'der', type: 'pkcs8' });
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', pkcs8, ecdsa, true, ['sign']),
    certificate.publicKey.export(ecdsa, ['verify'], library.cryptoProvider.get()) as Promise<webcrypto.CryptoKey>,
  ]);
  return { certificate, keys: { privateKey, publicKey } };
}

/** The authority as it can be kept. */
export async function keptIssuer({ certificate, keys }: Issuer): Promise<KeyAndCertificate> {
  return { key: await privatePem(keys), cert: pem(certificate) };
}
