import { createPrivateKey, createPublicKey, type JsonWebKey, randomBytes, sign } from 'node:crypto';
import type { JsonObject } from '../../harness/model/json.ts';

/**
 * A self-signed X.509 certificate (RFC 5280 §4.1) of an RSA key, valid from 2020 to 2049, in base64 DER as an `x5c`
 * entry wants it. Made here because it is needed at once, in the middle of a fault, and a library takes its time.
 */
export function selfSigned(privateJwk: JsonObject, name: string): string {
  const privateKey = createPrivateKey({ key: privateJwk as JsonWebKey, format: 'jwk' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const subject = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));
  const validity = sequence(utcTime('200101000000Z'), utcTime('491231000000Z'));
  // A positive integer: its first bit is 0.
  const serial = der(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(8)]));
  const body = sequence(serial, sha256WithRsa, subject, validity, subject, spki);
  const signature = der(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]));
  return sequence(body, sha256WithRsa, signature).toString('base64');
}

/** Tag, length, value (X.690 §8.1). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const sized = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...sized), value]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const utcTime = (text: string) => der(0x17, Buffer.from(text));
const commonName = der(0x06, Buffer.from('550403', 'hex'));
const sha256WithRsa = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
