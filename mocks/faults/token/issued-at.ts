import { type Duration, milliseconds } from '../../../harness/model/time.ts';
import { tokenFault, withClaims, withoutClaims } from './draft.ts';

const cause = 'token/expired';

/** RFC 7519 §4.1.6 obliges nobody to look; a clock is wrong somewhere all the same. */
export const issuedInFuture = ({ by = '30m' }: { readonly by?: Duration } = {}) =>
  tokenFault(`issued-in-future-by-${by}`, cause, `iat is ${by} ahead`, (draft) =>
    withClaims(draft, { iat: draft.surroundings.now + Math.round(milliseconds(by) / 1000) }),
  );

/** Must be accepted unless the target declares a greatest age: `exp` is what counts. */
export const issuedLongAgo = ({ by = '7d' }: { readonly by?: Duration } = {}) =>
  tokenFault(`issued-long-ago-${by}`, cause, `iat was ${by} ago and exp is still ahead`, (draft) =>
    withClaims(draft, { iat: draft.surroundings.now - Math.round(milliseconds(by) / 1000) }),
  );

/** RFC 9068 §2.2 requires `iat`. */
export const issuedAtMissing = () =>
  tokenFault('issued-at-missing', cause, 'iat is missing', (draft) => withoutClaims(draft, 'iat'));

export const issuedAtNumericString = () =>
  tokenFault('issued-at-numeric-string', cause, 'iat is the right number as a string', (draft) =>
    withClaims(draft, { iat: String(draft.surroundings.now) }),
  );
