import type { Json } from '../../../../harness/model/json.ts';
import { tokenFault, withClaims } from '../../token/draft.ts';
import { onIdToken } from './carry.ts';

// What an ID token of a refresh says must be what the first one said (OIDC Core §12.2).
const refreshed = (claim: string, cause: string, summary: string, value: Json) =>
  onIdToken(
    tokenFault(`refreshed-${claim.replace('_', '-')}-other`, cause, `after a refresh, ${summary}`, (draft) =>
      draft.surroundings.refreshed ? withClaims(draft, { [claim]: value }) : {},
    ),
  );

export const idTokenRefreshedIssuerOther = () =>
  refreshed('iss', 'token/issuer', 'iss names another issuer', 'https://issuer.attacker.example');
export const idTokenRefreshedSubjectOther = () =>
  refreshed('sub', 'token/malformed', 'sub is another user', 'another-user');
export const idTokenRefreshedAudienceOther = () =>
  refreshed('aud', 'token/audience', 'aud names another client', 'other-client');
export const idTokenRefreshedAuthTimeOther = () =>
  refreshed('auth_time', 'policy/assurance-claims', 'auth_time is another', 1_000_000_000);
