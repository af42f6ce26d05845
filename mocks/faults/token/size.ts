import { base64url, claimsOf, tokenFault, withClaims, withHeader } from './draft.ts';

const cause = 'token/malformed';

/** Correctly signed, and larger than most servers take in a header (RFC 6585 §5: 431). */
export const hugeClaim = ({ kibibytes = 64 }: { readonly kibibytes?: number } = {}) =>
  tokenFault(`huge-claim-${kibibytes}k`, cause, `a claim of ${kibibytes} KiB is added`, (draft) =>
    withClaims(draft, { huge: 'x'.repeat(kibibytes * 1024) }),
  );

/** Below the common 16 KiB limit for a header at 1,000 levels or fewer. */
export const deepNesting = ({ levels = 1_000 }: { readonly levels?: number } = {}) =>
  tokenFault(`deep-nesting-${levels}`, cause, `a claim of ${levels} nested arrays is added`, (draft) => {
    // Written as text: walking so deep a value can itself overflow a stack.
    const text = JSON.stringify({ ...claimsOf(draft), deep: '‹deep›' });
    return { encodedPayload: base64url(text.replace('"‹deep›"', '['.repeat(levels) + ']'.repeat(levels))) };
  });

export const manyClaims = ({ count = 300 }: { readonly count?: number } = {}) =>
  tokenFault(`many-claims-${count}`, cause, `${count} claims are added`, (draft) =>
    withClaims(draft, Object.fromEntries(Array.from({ length: count }, (_, at) => [`claim${at}`, at]))),
  );

export const longKeyId = ({ kibibytes = 4 }: { readonly kibibytes?: number } = {}) =>
  tokenFault(`long-kid-${kibibytes}k`, cause, `kid is ${kibibytes} KiB long`, (draft) =>
    withHeader(draft, { kid: 'k'.repeat(kibibytes * 1024) }),
  );
