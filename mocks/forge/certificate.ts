import { createPrivateKey, createPublicKey, type JsonWebKey, sign } from 'node:crypto';
import type { JsonObject } from '../../harness/model/json.ts';

/** What an X.509 certificate says: whose key, in whose words. Names are common names. */
interface Certified {
  readonly publicJwk: JsonObject;
  readonly subject: string;
  /** RSA. */
  readonly issuerJwk: JsonObject;
  readonly issuer: string;
}

/**
 * An X.509 v1 certificate (RFC 5280 §4.1), valid from 2020 to 2049, in base64 DER as an `x5c` entry wants it (RFC 7517
 * §4.7). Made here because flaws cannot wait, and libraries that make certificates want to be waited for.
 */
export function certificate({ publicJwk, subject, issuerJwk, issuer }: Certified): string {
  const key = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'der' });
  const period = sequence(time('200101000000Z'), time('491231000000Z'));
  const signed = sequence(element(0x02, Buffer.of(1)), sha256WithRsa, name(issuer), period, name(subject), key);
  const signature = sign('sha256', signed, createPrivateKey({ key: issuerJwk as JsonWebKey, format: 'jwk' }));
  return sequence(signed, sha256WithRsa, element(0x03, Buffer.of(0), signature)).toString('base64');
}

/** DER: tag, length, content (X.690 §8.1). */
function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts);
const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));
const time = (text: string) => element(0x17, Buffer.from(text));

/** 1.2.840.113549.1.1.11 with its NULL parameter. */
const sha256WithRsa = sequence(oid('2a864886f70d01010b'), element(0x05));

/** Only a common name (2.5.4.3). */
const name = (text: string) => sequence(element(0x31, sequence(oid('550403'), element(0x0c, Buffer.from(text)))));
