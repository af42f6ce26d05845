import { createHash, type KeyObject, sign } from 'node:crypto';
import { der, octets, oid, sequence, tagged, time } from './der.ts';

const sha1 = sequence(oid('2b0e03021a'), der(0x05));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const basicResponse = oid('2b0601050507300101');

/** An OCSP response by the issuer itself that a certificate was revoked (RFC 6960 §4.2.1), for stapling; DER. */
export function revokedResponse(options: {
  readonly issuer: {
    /** Its distinguished name; DER. */
    readonly name: Uint8Array;
    /** SHA-1 of its public key's bits. */
    readonly keyHash: Uint8Array;
    /** EC P-256. */
    readonly key: KeyObject;
  };
  /** Hex. */
  readonly serial: string;
  readonly revokedAt: Date;
  readonly now: Date;
  readonly nextUpdate: Date;
}): Buffer {
  const { issuer, serial, revokedAt, now, nextUpdate } = options;
  const nameHash = createHash('sha1').update(issuer.name).digest();
  const certId = sequence(sha1, octets(nameHash), octets(issuer.keyHash), der(0x02, Buffer.from(serial, 'hex')));
  const keyCompromise = tagged(0, der(0x0a, Buffer.from([1])));
  const single = sequence(certId, tagged(1, time(revokedAt), keyCompromise), time(now), tagged(0, time(nextUpdate)));
  const data = sequence(tagged(2, octets(issuer.keyHash)), time(now), sequence(single));
  const signature = der(0x03, Buffer.from([0]), sign('sha256', data, issuer.key));
  const successful = der(0x0a, Buffer.from([0]));
  const basic = sequence(data, ecdsaWithSha256, signature);
  return sequence(successful, tagged(0, sequence(basicResponse, octets(basic))));
}
