import type { Json } from '../../../harness/model/json.ts';
import type { TokenDraft } from '../../../harness/model/token.ts';
import { claimsOf, tokenFault, withClaims, withoutClaims } from './draft.ts';

const stranger = 'https://other-api.example';

// `aud` is a string or an array of strings, and one of them must be the API's (RFC 7519 §4.1.3).
const audience = (variant: string, summary: string, aud: (right: string, draft: TokenDraft) => Json) =>
  tokenFault(`audience-${variant}`, 'token/audience', summary, (draft) =>
    withClaims(draft, { aud: aud(draft.surroundings.audience, draft) }),
  );

export const audienceMissing = () =>
  tokenFault('audience-missing', 'token/audience', 'aud is missing', (draft) => withoutClaims(draft, 'aud'));

export const audienceOther = () => audience('other', 'aud names another API', () => stranger);

export const audienceIsClient = () =>
  audience('is-client', 'aud names the client, as in an ID token', (_, draft) => claimsOf(draft).client_id ?? 'client');

export const audienceArrayOther = () =>
  audience('array-other', 'aud is an array of other APIs only', () => [stranger, 'https://third-api.example']);

export const audienceEmptyArray = () => audience('empty-array', 'aud is an empty array', () => []);

export const audienceNestedArray = () => audience('nested-array', 'aud is an array in an array', (right) => [[right]]);

export const audienceExtended = () =>
  audience('extended', 'aud begins with the right audience and goes on', (right) => `${right}.attacker.example`);

export const audienceCut = () =>
  audience('cut', 'aud is the right audience without its last character', (right) => right.slice(0, -1));

export const audienceContaining = () =>
  audience('containing', 'aud contains the right audience', (right) => `https://attacker.example/?${right}`);

export const audienceCase = () =>
  audience('case', 'aud is the right audience in the other case', (right) =>
    right === right.toUpperCase() ? right.toLowerCase() : right.toUpperCase(),
  );

export const audienceTrailingSlash = () =>
  audience('trailing-slash', 'aud has a trailing slash too many', (right) => `${right}/`);

export const audienceSpaceDelimited = () =>
  audience('space-delimited', 'aud is one string that lists two APIs', (right) => `${right} ${stranger}`);

export const audienceWildcard = () => audience('wildcard', 'aud is *', () => '*');

/** Must be accepted: one member is enough (RFC 7519 §4.1.3). */
export const audienceAmongOthers = () =>
  audience('among-others', 'aud is an array of the right API and another', (right) => [stranger, right]);

/** Must be accepted: an array of one says the same as a string (RFC 7519 §4.1.3). */
export const audienceArrayOfOne = () =>
  audience('array-of-one', 'aud is an array with only the right API', (right) => [right]);
