/** A base64 form of some bytes as it stands inside the encoding of a longer text. */
export interface Base64Form {
  readonly text: string;
  /** The index in `text` of the byte `from`. */
  readonly from: number;
  readonly head: boolean;
  readonly tail: boolean;
}

/**
 * What bytes look like inside base64 and base64url (RFC 4648 §4, §5) when zero, one or two bytes stand before them in
 * their group of three. Characters that also hold a neighbour's bits are left out.
 */
export function* base64Forms(bytes: Buffer, from: number): Generator<Base64Form> {
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const dropped = before === 0 ? 0 : before + 1;
    const tail = (before + bytes.length) % 3 !== 0;
    const text = encoded.slice(dropped, tail ? -1 : undefined);
    const form = { text, from: Math.max(0, Math.ceil(((before + from) * 8) / 6) - dropped), head: before > 0, tail };
    yield form;
    if (/[+/]/.test(text)) yield { ...form, text: text.replaceAll('+', '-').replaceAll('/', '_') };
  }
}

/** A text with an encoding taken off, and for every index in it the index in the original. */
export interface View {
  readonly text: string;
  readonly origin: Uint32Array;
}

/** One encoding that stands in the way: what an encoded character looks like, and which character it is. */
interface Encoding {
  readonly mark: string;
  readonly pattern: RegExp;
  decode(encoded: string): string;
}

const escapes: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const encodings: readonly Encoding[] = [
  {
    mark: '%',
    // One UTF-8 character each, so that its place stays known.
    pattern: /%[c-d][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}|%[0-7][\da-f]/gi,
    decode: (encoded) =>
      encoded.length === 3
        ? String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
        : Buffer.from(encoded.replaceAll('%', ''), 'hex').toString(),
  },
  {
    mark: '\\',
    pattern: /\\(?:["\\/bfnrt]|u[\da-f]{4})/gi,
    decode: (encoded) =>
      encoded.length > 2
        ? String.fromCharCode(Number.parseInt(encoded.slice(2), 16))
        : (escapes[encoded.charAt(1)] ?? encoded.charAt(1)),
  },
  // A space in a form (application/x-www-form-urlencoded).
  { mark: '+', pattern: /\+/g, decode: () => ' ' },
  {
    mark: '&',
    pattern: /&(?:amp|lt|gt|quot|apos|#\d{1,6}|#x[\da-f]{1,6});/gi,
    decode: (encoded) => entity(encoded.slice(1, -1).toLowerCase()),
  },
];

function entity(name: string): string {
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (name.startsWith('#')) return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name] ?? '';
}

/** The text without its percent, JSON, form or HTML encoding, one view for each that it has. `+` only when asked for. */
export function* viewsOf(text: string, spaces: boolean): Generator<View> {
  for (const encoding of encodings) {
    if (!text.includes(encoding.mark) || (encoding.mark === '+' && !spaces)) continue;
    const view = decoded(text, encoding);
    if (view !== undefined) yield view;
  }
}

function decoded(text: string, { pattern, decode }: Encoding): View | undefined {
  if (text.search(pattern) < 0) return undefined;
  const origin = new Uint32Array(text.length + 1);
  let out = '';
  let at = 0;
  const copy = (end: number) => {
    for (let i = at; i < end; i += 1) origin[out.length + i - at] = i;
    out += text.slice(at, end);
  };
  for (const match of text.matchAll(pattern)) {
    copy(match.index);
    const character = decode(match[0]);
    for (let i = 0; i < character.length; i += 1) origin[out.length + i] = match.index;
    out += character;
    at = match.index + match[0].length;
  }
  copy(text.length);
  origin[out.length] = text.length;
  return { text: out, origin };
}
