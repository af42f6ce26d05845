import type { Json } from '../../../harness/model/json.ts';
import { claimsOf, tokenFault, withClaims, withoutClaims } from './draft.ts';

const cause = 'client/scope';

// Scope values are space-delimited and case-sensitive (RFC 6749 §3.3); `scope` is one string (RFC 8693 §4.2).
const scope = (variant: string, summary: string, change: (values: readonly string[]) => Json) =>
  tokenFault(`scope-${variant}`, cause, summary, (draft) =>
    withClaims(draft, { scope: change(String(claimsOf(draft).scope ?? '').split(' ')) }),
  );

const each = (change: (value: string) => string) => (values: readonly string[]) => values.map(change).join(' ');

export const scopeMissing = () =>
  tokenFault('scope-missing', cause, 'scope is missing', (draft) => withoutClaims(draft, 'scope'));
export const scopeOther = () => scope('other', 'scope names another permission', () => 'other');
export const scopeExtended = () =>
  scope(
    'extended',
    'scope begins with the right value and goes on',
    each((value) => `${value}-other`),
  );
export const scopeCut = () =>
  scope(
    'cut',
    'scope is the right value without its last character',
    each((value) => value.slice(0, -1)),
  );
export const scopeContaining = () =>
  scope(
    'containing',
    'scope ends with the right value',
    each((value) => `not-${value}`),
  );
export const scopeCase = () =>
  scope(
    'case',
    'scope is the right value in the other case',
    each((value) => (value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase())),
  );
export const scopeCommaDelimited = () =>
  scope('comma-delimited', 'scope lists its values with commas', (values) => ['other', ...values].join(','));
export const scopeWildcard = () => scope('wildcard', 'scope is *', () => '*');

/** Another provider's dialect; legal for no standard token, and read by some targets on purpose. */
export const scopeArray = () => scope('array', 'scope is an array with the right value', (values) => values);

/** Another provider's dialect: `scp` instead of `scope`. */
export const scopeAsScp = () =>
  tokenFault('scope-as-scp', 'migration/interpretation', 'scp holds the values, and scope is missing', (draft) => {
    const { scope: values = '', ...claims } = claimsOf(draft);
    return { payload: { ...claims, scp: String(values).split(' ') } };
  });

/** Must be accepted: the right value among others, whatever the order. */
export const scopeAmongOthers = () =>
  scope('among-others', 'scope holds the right value among others', (values) => ['other', ...values, 'more'].join(' '));
