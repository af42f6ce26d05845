import { createHash, KeyObject, sign } from 'node:crypto';
import { der, elementsOf, octets, oid, sequence, tagged, time } from './der.ts';
import type { Issuer } from './issuer.ts';

const sha1 = sequence(oid('2b0e03021a'), der(0x05));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const basicResponse = oid('2b0601050507300101');

/** What is said of a certificate: revoked then, or good. */
export interface Said {
  /** CertID (RFC 6960 §4.1.1); DER. */
  readonly certId: Uint8Array;
  readonly revokedAt?: Date | undefined;
}

/** An OCSP response that the issuer, an EC P-256 key, signs itself (RFC 6960 §4.2.1); DER. */
export function ocspResponse(
  issuer: Issuer,
  { about, now, nextUpdate }: { readonly about: readonly Said[]; readonly now: Date; readonly nextUpdate: Date },
): Buffer {
  const { keyHash, key } = signerOf(issuer);
  const singles = about.map(({ certId, revokedAt }) =>
    sequence(
      certId,
      revokedAt ? tagged(1, time(revokedAt), keyCompromise) : good,
      time(now),
      tagged(0, time(nextUpdate)),
    ),
  );
  const data = sequence(tagged(2, octets(keyHash)), time(now), sequence(...singles));
  const signature = der(0x03, Buffer.from([0]), sign('sha256', data, key));
  const successful = der(0x0a, Buffer.from([0]));
  const basic = sequence(data, ecdsaWithSha256, signature);
  return sequence(successful, tagged(0, sequence(basicResponse, octets(basic))));
}

const keyCompromise = tagged(0, der(0x0a, Buffer.from([1])));
/** `[0] IMPLICIT NULL`. */
const good = der(0x80);

/** How OCSP names a certificate of this issuer. @param serial hex */
export function certIdOf(issuer: Issuer, serial: string): Buffer {
  const { keyHash, nameHash } = signerOf(issuer);
  return sequence(sha1, octets(nameHash), octets(keyHash), der(0x02, Buffer.from(serial, 'hex')));
}

/** What an OCSP request asks about: each CertID and its serial number, hex. Throws for what is no request. */
export function askedAbout(request: Uint8Array): readonly { readonly certId: Uint8Array; readonly serial: string }[] {
  const [outer] = elementsOf(request);
  const [tbs] = elementsOf(outer!.content);
  // A version and a name of whoever asks may stand before the list.
  const list = elementsOf(tbs!.content).find(({ tag }) => tag === 0x30);
  return elementsOf(list!.content).map(({ content }) => {
    const [certId] = elementsOf(content);
    const [, , , serial] = elementsOf(certId!.content);
    return { certId: certId!.whole, serial: Buffer.from(serial!.content).toString('hex') };
  });
}

/** An error without a response (RFC 6960 §4.2.1): malformedRequest. */
export const malformedRequest = sequence(der(0x0a, Buffer.from([1])));

function signerOf({ certificate, keys }: Issuer) {
  const key = KeyObject.from(keys.privateKey);
  const bits = Buffer.from(certificate.publicKey.rawData).subarray(-65);
  const keyHash = createHash('sha1').update(bits).digest();
  const nameHash = createHash('sha1').update(Buffer.from(certificate.subjectName.toArrayBuffer())).digest();
  return { key, keyHash, nameHash };
}
