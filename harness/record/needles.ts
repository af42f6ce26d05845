/** A text to look for, whole or in part. */
export interface Needle {
  readonly text: string;
  /** A part counts only as far as it lies behind this index: what stands before it (a JWT's claims) is no secret. */
  readonly from: number;
  /** How many characters behind `from` a part must have. */
  readonly min: number;
  /** In a base64 needle: a character before (after) it that holds bits of both its neighbour and the secret. */
  readonly head: boolean;
  readonly tail: boolean;
  /** The marker's content: `secret:client_secret#1`. */
  readonly name: string;
}

/** Where a needle was found, and what stands there instead. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly marker: string;
  /** The name of the token that it is, if it is one. */
  readonly token?: string;
}

/** How many characters of a needle are enough to give it away: all of a short one, half of a long one. */
export function enough(length: number): number {
  return length < 12 ? length : Math.max(12, Math.ceil(length / 2));
}

/** Finds any number of needles in a text in one pass. */
export interface Needles {
  add(needle: Needle): void;
  /** By their ends, ascending. A span may reach back over earlier ones, as a token does over a secret in its claims. */
  find(text: string): Span[];
}

interface Anchor {
  readonly needle: Needle;
  readonly at: number;
}

/** The shortest needle that can be found. */
export const shortest = 6;
const base = 0x01000193;
let top = 1;
for (let power = 1; power < shortest; power += 1) top = Math.imul(top, base);
const slots = 1 << 13;

/**
 * Rabin-Karp with sparse anchors: of every needle, every so many-th group of six characters is filed under its hash,
 * so close together that any part that counts holds one of them. A text is hashed once, whatever the number of needles.
 */
export function createNeedles(): Needles {
  const filter = new Uint8Array(slots);
  const anchors = new Map<number, Anchor[]>();

  return {
    add(needle) {
      const { text, from, min } = needle;
      for (let at = from; at + shortest <= text.length; at += Math.max(1, min - shortest + 1)) {
        const hash = hashAt(text, at);
        filter[slot(hash)] = 1;
        const filed = anchors.get(hash);
        if (filed === undefined) anchors.set(hash, [{ needle, at }]);
        else filed.push({ needle, at });
      }
    },
    find(text) {
      const found: Span[] = [];
      const last = text.length - shortest;
      // A typed array is read several times faster than a string.
      const codes = codesOf(text);
      for (let i = 0; i <= last; ) {
        let hash = 0;
        for (let j = i; j < i + shortest; j += 1) hash = (Math.imul(hash, base) + (codes[j] as number)) | 0;
        for (;;) {
          const span = filter[slot(hash)] === 1 ? longest(text, i, anchors.get(hash)) : undefined;
          if (span !== undefined) {
            found.push(span);
            i = span.end;
            break;
          }
          if (i >= last) return found;
          const gone = Math.imul(codes[i] as number, top);
          hash = (Math.imul(hash - gone, base) + (codes[i + shortest] as number)) | 0;
          i += 1;
        }
      }
      return found;
    },
  };
}

let scratch = Buffer.alloc(0);
let scratchCodes = new Uint16Array(0);

/** The text's UTF-16 code units, until the next call. */
function codesOf(text: string): Uint16Array {
  if (scratchCodes.length < text.length) {
    scratchCodes = new Uint16Array(Math.max(text.length, 1 << 16));
    scratch = Buffer.from(scratchCodes.buffer);
  }
  if (text.length > 64) scratch.write(text, 'utf16le');
  else for (let i = 0; i < text.length; i += 1) scratchCodes[i] = text.charCodeAt(i);
  return scratchCodes;
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let i = at; i < at + shortest; i += 1) hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
  return hash;
}

function slot(hash: number): number {
  return (hash ^ (hash >>> 15)) & (slots - 1);
}

/** The longest needle that has this anchor at `i`; a whole one before a part of another. */
function longest(text: string, i: number, candidates: readonly Anchor[] | undefined): Span | undefined {
  let best: Span | undefined;
  for (const { needle, at } of candidates ?? []) {
    const span = grown(text, i, needle, at);
    if (span === undefined) continue;
    const more = best === undefined ? 1 : span.end - span.start - (best.end - best.start);
    if (more > 0 || (more === 0 && !span.marker.includes('/'))) best = span;
  }
  return best;
}

/** Grows a match in both directions and says what it is; undefined when it is too little. */
function grown(text: string, i: number, needle: Needle, at: number): Span | undefined {
  const { text: sought, from, min, name } = needle;
  let right = 0;
  while (at + right < sought.length && text.charCodeAt(i + right) === sought.charCodeAt(at + right)) right += 1;
  if (right < shortest) return undefined;
  let left = 0;
  while (left < at && i > left && text.charCodeAt(i - left - 1) === sought.charCodeAt(at - left - 1)) left += 1;
  const begins = at - left;
  const ends = at + right;
  const toEnd = ends === sought.length;
  const whole = begins === 0 && toEnd;
  // With all that stands before the secret part, twelve characters of that part are enough to know it.
  if (!whole && ends - Math.max(begins, from) < (begins === 0 && from > 0 ? Math.min(12, min) : min)) return undefined;
  const end = i + right + (toEnd && needle.tail && isBase64(text, i + right) ? 1 : 0);
  const start = i - left;
  const token = name.startsWith('token:') ? { token: name.slice('token:'.length) } : {};
  if (whole)
    return {
      start: start - (needle.head && start > 0 && isBase64(text, start - 1) ? 1 : 0),
      end,
      marker: `‹${name}›`,
      ...token,
    };
  // Up to a few characters of the claims may stand before a signature by chance.
  if (from > 0 && toEnd && begins <= from && begins > from - 8) {
    return { start: start + from - begins, end, marker: `‹${name}/signature›`, ...token };
  }
  return { start, end, marker: `‹${name}/part›`, ...token };
}

function isBase64(text: string, at: number): boolean {
  return /[\w+/-]/.test(text.charAt(at));
}
