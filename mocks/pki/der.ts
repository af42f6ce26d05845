/** One DER element: tag, definite length, content (ITU-T X.690 §8.1). */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(content);
  const { byteLength: length } = value;
  const long = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), value]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
export const octets = (content: Uint8Array): Buffer => der(0x04, content);

/** Context-specific and constructed. */
export const tagged = (number: number, ...content: readonly Uint8Array[]): Buffer => der(0xa0 | number, ...content);

/** An object identifier whose content is given as hex. */
export const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

/** GeneralizedTime in whole seconds (RFC 5280 §4.1.2.5.2). */
export function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')}Z`));
}

/** An element as it was read. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
}

/** The elements that follow one another. Throws a `RangeError` for what is no DER, or longer than 64 KiB. */
export function elementsOf(bytes: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < view.length; ) {
    const first = view.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : view.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    const end = start + length;
    if (more > 2 || end > view.length) throw new RangeError('no DER');
    elements.push({ tag: view.readUInt8(at), content: view.subarray(start, end), whole: view.subarray(at, end) });
    at = end;
  }
  return elements;
}
