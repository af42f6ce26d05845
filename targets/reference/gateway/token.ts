import { invalidToken } from './refusal.ts';
import type { Limits } from './settings.ts';
import { kind, shown } from './text.ts';

/** Members of a JSON object from outside: nothing is known of them yet. */
export type Members = { readonly [name: string]: unknown };

/** A JWT that has been taken apart and not been believed yet. */
export interface Jwt {
  readonly header: Members;
  readonly claims: Members;
  /** What was signed: the first two parts as sent. */
  readonly input: string;
  readonly signature: Buffer;
}

/** Takes a JWT apart (RFC 7515 §5.2); `undefined` for a token that is no JWT and so opaque to this gateway. */
export function parseToken(token: string, { limits }: { readonly limits: Pick<Limits, 'keyId'> }): Jwt | undefined {
  const parts = token.split('.');
  const [head = '', body = '', tail = ''] = parts;
  if (parts.length === 1 && !looksLikeHeader(head)) return undefined;
  if (parts.length === 2 && looksLikeHeader(head)) {
    throw invalidToken('signature missing', 'signature missing: the token has 2 parts, expected 3');
  }
  if (parts.length !== 3) {
    const encrypted = parts.length === 5 ? ', encrypted (JWE)' : '';
    throw malformed(`${count(parts.length)}${encrypted}, expected 3 parts, signed (JWS)`);
  }
  const header = members('header', head);
  const { kid } = header;
  if (typeof kid === 'string' && kid.length > limits.keyId) {
    throw malformed(`kid of ${kid.length} characters, at most ${limits.keyId} are accepted`);
  }
  return {
    header,
    claims: members('payload', body),
    input: `${head}.${body}`,
    signature: bytes('signature', tail),
  };
}

const count = (parts: number) => (parts === 1 ? '1 part' : `${parts} parts`);
const looksLikeHeader = (part: string) => /^\s*\{.*\}\s*$/s.test(Buffer.from(part, 'base64url').toString());
const malformed = (what: string) => invalidToken(`malformed token: ${what}`);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** base64url without padding (RFC 7515 §2), in its one canonical spelling (RFC 4648 §3.5). */
function bytes(name: string, text: string): Buffer {
  const decoded = Buffer.from(text, 'base64url');
  if (decoded.toString('base64url') !== text) throw malformed(`the ${name} is not base64url`);
  return decoded;
}

function members(name: string, text: string): Members {
  const encoded = bytes(name, text);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(encoded));
  } catch {
    throw malformed(`the ${name} is not valid JSON (${encoded.length} bytes)`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`the ${name} is ${kind(value)}, expected a JSON object`);
  }
  return value as Members;
}

/**
 * Refuses every `crit`: this gateway understands no extension, and an empty list is forbidden (RFC 7515 §4.1.11).
 * An unencoded payload (`b64`) is none of a JWT's (RFC 7797 §7).
 */
export function checkCritical({ header }: Jwt): void {
  const { crit, b64 } = header;
  if (crit !== undefined && (!Array.isArray(crit) || crit.length === 0)) {
    throw malformed(`crit must be a list of names, got ${Array.isArray(crit) ? 'an empty one' : kind(crit)}`);
  }
  if (crit !== undefined) {
    const says = 'malformed token: crit names an extension that is not understood';
    throw invalidToken(says, `${says}: got ${shown(crit)}, expected none`);
  }
  if (b64 !== undefined && b64 !== true) throw malformed('b64 must be true or missing');
}

/** "The resource server MUST verify that the "typ" header value is "at+jwt" or "application/at+jwt"" (RFC 9068 §4). */
export function checkType({ header }: Jwt): void {
  const { typ } = header;
  if (typeof typ === 'string' && /^(?:application\/)?at\+jwt$/i.test(typ)) return;
  throw invalidToken(
    'wrong typ: not an access token (at+jwt)',
    `wrong typ: got ${shown(typ)}, expected 'at+jwt' (RFC 9068)`,
  );
}
