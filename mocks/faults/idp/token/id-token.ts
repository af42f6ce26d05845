import type { Json, JsonObject } from '../../../../harness/model/json.ts';
import { claimsOf, tokenFault, withClaims, withHeader, withoutClaims } from '../../token/draft.ts';
import { onIdToken } from './carry.ts';

const idTokenFault = (...described: Parameters<typeof tokenFault>) => onIdToken(tokenFault(...described));

const says = (variant: string, cause: string, summary: string, members: JsonObject) =>
  idTokenFault(variant, cause, summary, (draft) => withClaims(draft, members));

const lacks = (claim: string, variant: string, cause: string) =>
  idTokenFault(`${variant}-missing`, cause, `${claim} is missing`, (draft) => withoutClaims(draft, claim));

// `nonce` is that of the authorization request, character by character (OIDC Core §3.1.3.7).
export const idTokenNonceMissing = () => lacks('nonce', 'nonce', 'attack/csrf');
export const idTokenNonceOther = () =>
  idTokenFault('nonce-other', 'attack/csrf', 'nonce is a random one', (draft, random) =>
    withClaims(draft, { nonce: random.hex(16) }),
  );
/** Right by chance for a client that always sends the same. */
export const idTokenNonceConstant = ({ nonce = 'nonce' }: { readonly nonce?: string } = {}) =>
  says('nonce-constant', 'attack/csrf', 'nonce is the same in every ID token', { nonce });
export const idTokenNonceEmpty = () => says('nonce-empty', 'attack/csrf', 'nonce is empty', { nonce: '' });

// What was issued together is bound together by hashes (OIDC Core §3.1.3.6, §3.3.2.11; FAPI 1.0 Part 2 §5.1.1).
const hash = (claim: 'at_hash' | 'c_hash' | 's_hash', of: string, cause: string) => {
  const named = claim.replace('_', '-');
  return {
    other: () =>
      idTokenFault(`${named}-other`, cause, `${claim} is of another ${of}`, (draft, random) =>
        withClaims(draft, { [claim]: Buffer.from(random.hex(16), 'hex').toString('base64url') }),
      ),
    missing: () => lacks(claim, named, cause),
  };
};

export const { other: idTokenAccessTokenHashOther, missing: idTokenAccessTokenHashMissing } = hash(
  'at_hash',
  'access token',
  'attack/code',
);
export const { other: idTokenCodeHashOther, missing: idTokenCodeHashMissing } = hash('c_hash', 'code', 'attack/code');
export const { other: idTokenStateHashOther, missing: idTokenStateHashMissing } = hash(
  's_hash',
  'state',
  'attack/csrf',
);

export const idTokenSubjectOther = () =>
  says('subject-other', 'token/malformed', 'sub is another user', { sub: 'another-user' });
export const idTokenSubjectLong = () =>
  says('subject-long', 'token/malformed', 'sub has 256 characters, one too many', { sub: 's'.repeat(256) });
/** The victim stands in the JOSE header, where nothing may trust it (RFC 7519 §5.3). */
export const idTokenSubjectInHeader = ({ sub = 'another-user' }: { readonly sub?: string } = {}) =>
  idTokenFault('subject-in-header', 'token/malformed', 'the header has a sub, another one than the claims', (draft) =>
    withHeader(draft, { sub }),
  );
export const idTokenIssuerInHeader = ({ iss = 'https://honest.example' }: { readonly iss?: string } = {}) =>
  idTokenFault('issuer-in-header', 'token/issuer', 'the header has an iss, another one than the claims', (draft) =>
    withHeader(draft, { iss }),
  );

// Every audience must be trusted, and of several ones `azp` says who asked (OIDC Core §3.1.3.7).
const audience = (variant: string, summary: string, members: (client: string) => JsonObject) =>
  idTokenFault(variant, 'token/audience', summary, (draft) => withClaims(draft, members(draft.surroundings.audience)));

export const idTokenAudienceOtherClient = () =>
  audience('audience-other-client', 'aud names another client', () => ({ aud: 'other-client' }));
export const idTokenAudienceUntrustedToo = () =>
  audience('audience-untrusted-too', 'aud is an array of the client and one that nobody trusts', (client) => ({
    aud: [client, 'untrusted-client'],
    azp: client,
  }));
export const idTokenAuthorizedPartyOther = () =>
  audience('azp-other', 'azp names another client', () => ({ azp: 'other-client' }));

// How the user logged in, as far as the client asked (OIDC Core §2, §3.1.2.1).
const assurance = 'policy/assurance-claims';
const assures = (variant: string, summary: string, members: { readonly [claim: string]: Json }) =>
  says(variant, assurance, summary, members);

export const idTokenAuthTimeMissing = () => lacks('auth_time', 'auth-time', assurance);
export const idTokenAuthTimeString = () =>
  idTokenFault('auth-time-string', assurance, 'auth_time is the right number as a string', (draft) =>
    withClaims(draft, { auth_time: String(claimsOf(draft).auth_time) }),
  );
export const idTokenAcrMissing = () => lacks('acr', 'acr', assurance);
export const idTokenAcrOther = () => assures('acr-other', 'acr is 0, no assurance at all', { acr: '0' });
export const idTokenAcrNumber = () => assures('acr-number', 'acr is a number', { acr: 1 });
export const idTokenAmrMissing = () => lacks('amr', 'amr', assurance);
export const idTokenAmrString = () => assures('amr-string', 'amr is a string and no array', { amr: 'pwd' });
