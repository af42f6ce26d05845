import type { Json } from '../../../harness/model/json.ts';
import { claimsOf, tokenFault, withHeader, withoutHeader } from './draft.ts';

const cause = 'token/malformed';

const typ = (variant: string, summary: string, value: Json) =>
  tokenFault(`typ-${variant}`, cause, summary, (draft) => withHeader(draft, { typ: value }));

/** Legal outside RFC 9068. */
export const typeJwt = () => typ('jwt', 'typ is JWT', 'JWT');
/** Legal outside RFC 9068. */
export const typeMissing = () =>
  tokenFault('typ-missing', cause, 'typ is missing', (draft) => withoutHeader(draft, 'typ'));
/** Must be accepted: RFC 9068 §4 names this form too. */
export const typeFull = () => typ('full', 'typ is application/at+jwt', 'application/at+jwt');
/** Must be accepted: media types have no case (RFC 7515 §4.1.9, RFC 2045 §5.1). */
export const typeCase = () => typ('case', 'typ is AT+JWT', 'AT+JWT');
export const typeNull = () => typ('null', 'typ is null', null);
export const typeNumber = () => typ('number', 'typ is a number', 1);
export const typeDpop = () => typ('dpop', 'typ is that of a DPoP proof', 'dpop+jwt');
export const typeRefresh = () => typ('refresh', 'typ is that of a refresh token', 'rt+jwt');

/** OpenID Connect Core §2: for the client, about a login, and no key to any API. */
export const idToken = () =>
  tokenFault('id-token', cause, 'the token is an ID token', (draft, random) => {
    const { client_id: clientId = 'client', scope: _, ...claims } = claimsOf(draft);
    return {
      ...withHeader(draft, { typ: 'JWT' }),
      payload: { ...claims, aud: clientId, azp: clientId, auth_time: draft.surroundings.now, nonce: random.hex(8) },
    };
  });

/** OpenID Connect Back-Channel Logout §2.4. */
export const logoutToken = () =>
  tokenFault('logout-token', cause, 'the token is a logout token', (draft, random) => {
    const { client_id: clientId = 'client', scope: _, ...claims } = claimsOf(draft);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    return {
      ...withHeader(draft, { typ: 'logout+jwt' }),
      payload: { ...claims, aud: clientId, sid: random.hex(8), events },
    };
  });
