import type { Json, JsonObject } from '../../../../harness/model/json.ts';
import type { TokenDraft } from '../../../../harness/model/token.ts';
import { claimsOf, tokenFault, withClaims } from '../../token/draft.ts';
import { onIdToken } from '../token/carry.ts';

/** What other providers' access tokens say, and how: `claims/…`. */
const claims = (
  variant: string,
  summary: string,
  change: (claims: JsonObject, draft: TokenDraft) => JsonObject,
  cause = 'migration/interpretation',
) => {
  const fault = tokenFault(variant, cause, summary, (draft) => ({ payload: change(claimsOf(draft), draft) }));
  return { ...fault, id: `claims/${variant}`, layer: 'policy' as const };
};

/** Must be accepted: one or many (RFC 7519 §4.1.3). */
export const claimsAudienceArray = () =>
  claims('audience-array', 'aud is an array with the right audience and the UserInfo endpoint', (right, draft) => ({
    ...right,
    aud: [draft.surroundings.audience, `${draft.surroundings.issuer}/userinfo`],
  }));
export const claimsAudienceInResource = () =>
  claims(
    'audience-in-resource',
    'the audience stands in resource, and aud is missing',
    ({ aud = null, ...others }) => ({
      ...others,
      resource: aud,
    }),
  );
export const claimsScopeArray = () =>
  claims('scope-array', 'scope is an array', (right) => ({ ...right, scope: String(right.scope).split(' ') }));
export const claimsScp = () =>
  claims('scp', 'scp holds the scope values as a string, and scope is missing', ({ scope = '', ...others }) => ({
    ...others,
    scp: scope,
  }));
export const claimsClientInAppid = () =>
  claims('appid', 'client_id is called appid', ({ client_id = '', ...others }) => ({ ...others, appid: client_id }));
export const claimsClientInAzp = () =>
  claims('azp', 'client_id is called azp', ({ client_id = '', ...others }) => ({ ...others, azp: client_id }));
export const claimsNumericStrings = () =>
  claims('numeric-strings', 'exp and iat are strings', (right) => ({
    ...right,
    exp: String(right.exp),
    iat: String(right.iat),
  }));
export const claimsVersioned = () =>
  claims('versioned', 'ver, uti and oid are added, as one provider does', (right) => ({
    ...right,
    ver: '2.0',
    uti: 'AAAA',
    oid: '00000000-0000-0000-0000-000000000000',
  }));

// Claims of one's own (RFC 7519 §4.2, §4.3), with roles as an API may want them.
const extension = 'extension/claims';
const own = 'https://failwell.example/roles';

export const claimsNamespaced = () =>
  claims('namespaced', 'roles stand under a URL', (right) => ({ ...right, [own]: ['reader'] }), extension);
export const claimsNested = () =>
  claims(
    'nested',
    'roles stand inside of realm_access',
    (right) => ({ ...right, realm_access: { roles: ['reader'] } }),
    extension,
  );
export const claimsMalformed = () =>
  claims('malformed', 'roles are a JSON text in a string', (right) => ({ ...right, roles: '["reader"]' }), extension);
/** Too many to fit: a link says where to ask for them. */
export const claimsOverage = () =>
  claims(
    'overage',
    'groups are elsewhere: only _claim_names and _claim_sources say where',
    (right, { surroundings }) => ({
      ...right,
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: `${surroundings.issuer}/groups` } },
    }),
    extension,
  );
export const claimsHuge = ({ count = 500 }: { readonly count?: number } = {}) =>
  claims(
    `huge-${count}`,
    `${count} groups are added`,
    (right) => ({ ...right, groups: Array.from({ length: count }, (_, at) => `group-${at}`) }),
    extension,
  );

// In ID tokens.
const idToken = (variant: string, summary: string, members: { readonly [claim: string]: Json }, cause: string) => ({
  ...onIdToken(tokenFault(variant, cause, summary, (draft) => withClaims(draft, members))),
  id: `claims/id-token-${variant}`,
  layer: 'policy' as const,
});

/** Must be accepted: a boolean in text, as one provider sends it. */
export const claimsIdTokenEmailVerifiedString = () =>
  idToken('email-verified-string', 'email_verified is the string "true"', { email_verified: 'true' }, extension);
export const claimsIdTokenNamespaced = () =>
  idToken('namespaced', 'roles stand under a URL', { [own]: ['reader'] }, extension);
export const claimsIdTokenGroupsString = () =>
  idToken('groups-string', 'groups are one string with commas', { groups: 'one,two' }, extension);
