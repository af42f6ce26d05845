import { createHash } from 'node:crypto';
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
    digest: `sha256:${createHash('sha256')
      .update(jwt?.proof ?? token)
      .digest('hex')
      .slice(0, 16)}`,
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
  /** What follows the second dot; undefined when there is no second dot. */
  readonly rest: string | undefined;
}

const inRun = /[\w.-]*/y;

/** Every `eyJ….…` between two indexes of a text. */
export function* jwtRuns(text: string, from: number, to: number): Generator<JwtRun> {
  for (let start = text.indexOf('eyJ', from); start >= 0 && start < to; ) {
    inRun.lastIndex = start;
    inRun.test(text);
    const run = text.slice(start, Math.min(inRun.lastIndex, to));
    const first = run.indexOf('.');
    if (first > 0) {
      const second = run.indexOf('.', first + 1);
      const claims = second < 0 ? run : run.slice(0, second);
      yield { start, claims, rest: second < 0 ? undefined : run.slice(second + 1) };
    }
    start = text.indexOf('eyJ', start + Math.max(3, run.length));
  }
}
