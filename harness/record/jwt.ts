import { hash } from 'node:crypto';
import type { Json } from '../model/json.ts';

/** A token without the part that makes it usable. */
export interface TokenFacts {
  /** Its marker's name: `access_token#1`. */
  readonly ref: string;
  /** Decoded, when it is a JWT whose header (payload) is JSON. A JWE's payload cannot be. */
  readonly header?: Json;
  readonly payload?: Json;
  /** `sha256:` and 16 hex digits: of the signature as it stands in the JWT, or of the whole opaque token. */
  readonly digest: string;
}

/** A JWT in compact form, taken apart (RFC 7515 §7.1, RFC 7516 §7.1). */
export interface CompactJwt {
  /** Header and payload with the dot between them; header and encrypted key of a JWE. */
  readonly claims: string;
  /** All behind the second dot: the signature, empty when there is none. */
  readonly proof: string;
}

/** Takes a token apart when it looks like a JWT, however wrong its content is. */
export function compactJwt(token: string): CompactJwt | undefined {
  const [, claims, proof] = /^([\w-]+\.[\w-]*)\.([\w-]*(?:\.[\w-]*\.[\w-]*)?)$/.exec(token) ?? [];
  return claims === undefined || proof === undefined || !claims.startsWith('eyJ') ? undefined : { claims, proof };
}

/** What may be kept of a token. Tolerates anything. */
export function tokenFacts(ref: string, token: string): TokenFacts {
  const jwt = compactJwt(token);
  const [header, payload] = (jwt?.claims ?? '').split('.').map(json);
  return {
    ref,
    ...(header !== undefined && { header }),
    ...(payload !== undefined && { payload }),
    digest: `sha256:${hash('sha256', jwt?.proof ?? token).slice(0, 16)}`,
  };
}

function json(segment: string): Json | undefined {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString()) as Json;
  } catch {
    return undefined;
  }
}

/** Something in a text that looks like a JWT, or like one without its signature. */
export interface JwtRun {
  readonly start: number;
  readonly claims: string;
  /** What follows the second dot: at most three segments, none when there is no second dot. */
  readonly rest: readonly string[];
}

const segment = /[\w-]*/y;
const segments = /[\w-]*(?:\.[\w-]*){1,4}/y;

/** The next `eyJ….…` between two indexes of a text. */
export function nextJwt(text: string, from: number, to: number): JwtRun | undefined {
  for (let start = text.indexOf('eyJ', from); start >= 0 && start < to; ) {
    segment.lastIndex = start;
    segment.test(text);
    const end = segment.lastIndex;
    if (text.charAt(end) === '.' && end < to) {
      segments.lastIndex = start;
      const run = (segments.exec(text)?.[0] ?? '').slice(0, to - start);
      const [header, payload, ...rest] = run.split('.');
      return { start, claims: `${header}.${payload}`, rest };
    }
    start = text.indexOf('eyJ', end);
  }
  return undefined;
}
