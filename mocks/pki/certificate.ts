import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { LeafPlan } from '../../harness/model/tls.ts';
import type { RevocationUrls } from './issued.ts';

const day = 86_400_000;
export const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Loaded on first use: the library takes 200 ms, and most commands need no certificate. */
export async function x509() {
  await import('reflect-metadata');
  const library = await import('@peculiar/x509');
  library.cryptoProvider.set(webcrypto as typeof crypto);
  return library;
}

export function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
}

/** A new key for a server. */
export function leafKeys(kind: LeafPlan['key']): Promise<webcrypto.CryptoKeyPair> {
  if (kind === 'EC P-256') return newKeys();
  const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };
  return webcrypto.subtle.generateKey({ ...rsa, hash: 'SHA-256' }, true, ['sign', 'verify']);
}

/** How this key signs with that hash. */
export function signature({ algorithm }: webcrypto.CryptoKey, hash: LeafPlan['hash']) {
  return algorithm.name === 'ECDSA' ? { ...ecdsa, hash } : { name: algorithm.name, hash };
}

/** A period around `now` (milliseconds since 1970), in whole seconds, as X.509 times are. */
export function validity(now: number, before: number, after: number): { notBefore: Date; notAfter: Date } {
  const second = Math.floor(now / 1000) * 1000;
  return { notBefore: new Date(second - before * day), notAfter: new Date(second + after * day) };
}

/** PKCS #8 in PEM (RFC 7468 §10). */
export async function privatePem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  return armoured('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
}

/** DER in PEM under a label of RFC 7468. */
export function armoured(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * The extensions of a TLS server's certificate (RFC 5280 §4.2), but for the two key identifiers.
 * @param revocation where its issuer tells what it has revoked
 */
export async function serverExtensions(
  hosts: readonly string[],
  usage: LeafPlan['usage'] = 'server',
  revocation?: RevocationUrls,
) {
  const { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension } =
    await x509();
  const { AuthorityInfoAccessExtension, CRLDistributionPointsExtension, SubjectAlternativeNameExtension } =
    await x509();
  const names = hosts.map((host) => ({ type: isIP(host) ? 'ip' : 'dns', value: host }) as const);
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth]),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
    ...(revocation
      ? [
          new CRLDistributionPointsExtension([revocation.list]),
          new AuthorityInfoAccessExtension({ ocsp: revocation.ocsp }),
        ]
      : []),
  ];
}

/** PEM with the line end that every reader expects. */
export function pem(certificate: { toString(format: 'pem'): string }): string {
  return `${certificate.toString('pem').trim()}\n`;
}
