import type { Random } from '../../../harness/model/fault.ts';
import { boundedMap } from '../bounded.ts';
import type { Family } from '../tokens/families.ts';
import type { Challenge } from './pkce.ts';

/** What an authorization code stands for (RFC 6749 §4.1.2, RFC 7636 §4.4). */
export interface Code {
  readonly family: Family;
  readonly redirectUri: string;
  /** The authorization request named the redirection URI, so the token request must, too (RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean;
  readonly challenge: Challenge | undefined;
  readonly nonce: string | undefined;
  /** Thumbprint of the DPoP key that must redeem it (RFC 9449 §10). */
  readonly dpopJkt?: string | undefined;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Authorization codes of one issuer, at most 10,000; the oldest one is forgotten. */
export interface Codes {
  issue(code: Code): string;
  /** `used` once it was spent. */
  find(code: string): { readonly code: Code; readonly used: boolean } | undefined;
  spend(code: string): void;
}

export function createCodes(random: Random): Codes {
  const codes = boundedMap<Code>();
  const spent = new WeakSet<Code>();
  return {
    issue(code) {
      const text = random.hex(32);
      codes.set(text, code);
      return text;
    },
    find(text) {
      const code = codes.get(text);
      return code && { code, used: spent.has(code) };
    },
    spend(text) {
      const code = codes.get(text);
      if (code) spent.add(code);
    },
  };
}
