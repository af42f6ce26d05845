import type { Json } from '../../../harness/model/json.ts';
import { type Duration, milliseconds } from '../../../harness/model/time.ts';
import type { TokenDraft } from '../../../harness/model/token.ts';
import { claimsOf, tokenFault, withClaims, withoutClaims } from './draft.ts';

const cause = 'token/expired';

const lifetime = (draft: TokenDraft) => {
  const { exp, iat } = claimsOf(draft);
  return Number(exp) - Number(iat);
};

/** The same token, issued so long ago that it expired `by` ago (RFC 7519 §4.1.4). */
export const expired = ({ by = '10m' }: { readonly by?: Duration } = {}) =>
  tokenFault(`expired-by-${by}`, cause, `exp was ${by} ago`, (draft) => {
    const exp = draft.surroundings.now - Math.round(milliseconds(by) / 1000);
    return withClaims(draft, { exp, ...('iat' in claimsOf(draft) && { iat: exp - lifetime(draft) }) });
  });

/** RFC 9068 §2.2 requires `exp`; RFC 7519 §4.1.4 leaves it open. */
export const expiryMissing = () =>
  tokenFault('expiry-missing', cause, 'exp is missing', (draft) => withoutClaims(draft, 'exp'));

const expiry = (variant: string, summary: string, exp: (right: number) => Json) =>
  tokenFault(`expiry-${variant}`, cause, summary, (draft) =>
    withClaims(draft, { exp: exp(Number(claimsOf(draft).exp)) }),
  );

export const expiryNumericString = () =>
  expiry('numeric-string', 'exp is the right number as a string', (right) => String(right));

export const expiryDateText = () =>
  expiry('date-text', 'exp is an ISO 8601 date', (right) => new Date(right * 1000).toISOString());

export const expiryNegative = () => expiry('negative', 'exp is negative', (right) => -right);

export const expiryMilliseconds = () =>
  expiry('milliseconds', 'exp is in milliseconds, thousands of years ahead', (right) => right * 1000);

/** Must be accepted: a NumericDate may have a fraction (RFC 7519 §2). */
export const expiryFraction = () => expiry('fraction', 'exp has a fraction of a second', (right) => right + 0.5);

/** A JSON number beyond a double, which parsers read as Infinity. */
export const expiryOverflow = () =>
  tokenFault('expiry-overflow', cause, 'exp is 1e999, which reads as Infinity', (draft) => {
    const text = JSON.stringify({ ...claimsOf(draft), exp: '‹exp›' }).replace('"‹exp›"', '1e999');
    return { encodedPayload: Buffer.from(text).toString('base64url') };
  });

/** Nothing forbids it, and no operator wants it. */
export const longLived = ({ for: length = '3650d' }: { readonly for?: Duration } = {}) =>
  tokenFault(`long-lived-${length}`, cause, `exp is ${length} ahead`, (draft) =>
    withClaims(draft, { exp: draft.surroundings.now + milliseconds(length) / 1000 }),
  );
