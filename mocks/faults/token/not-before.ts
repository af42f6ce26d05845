import { type Duration, milliseconds } from '../../../harness/model/time.ts';
import { tokenFault, withClaims } from './draft.ts';

const cause = 'token/expired';

/** RFC 7519 §4.1.5. */
export const notYetValid = ({ by = '10m' }: { readonly by?: Duration } = {}) =>
  tokenFault(`not-yet-valid-by-${by}`, cause, `nbf is ${by} ahead`, (draft) =>
    withClaims(draft, { nbf: draft.surroundings.now + Math.round(milliseconds(by) / 1000) }),
  );

export const notBeforeNumericString = () =>
  tokenFault('not-before-numeric-string', cause, 'nbf is a number in the past as a string', (draft) =>
    withClaims(draft, { nbf: String(draft.surroundings.now - 60) }),
  );

export const notBeforeDateText = () =>
  tokenFault('not-before-date-text', cause, 'nbf is an ISO 8601 date ten minutes ahead', (draft) =>
    withClaims(draft, { nbf: new Date((draft.surroundings.now + 600) * 1000).toISOString() }),
  );

/** Must be accepted: its time has come (RFC 7519 §4.1.5). */
export const notBeforePast = () =>
  tokenFault('not-before-past', cause, 'nbf is present and a minute past', (draft) =>
    withClaims(draft, { nbf: draft.surroundings.now - 60 }),
  );
