import type { JsonObject } from '../../../../harness/model/json.ts';
import type { TokenDraft } from '../../../../harness/model/token.ts';
import { tokenFault, withClaims, withoutClaims } from '../../token/draft.ts';
import { onLogoutToken } from './carry.ts';

const cause = 'token/malformed';

// OpenID Connect Back-Channel Logout 1.0 §2.4 and §2.6.
const logoutFault = (variant: string, summary: string, change: (draft: TokenDraft) => Partial<TokenDraft>) =>
  onLogoutToken(tokenFault(variant, cause, summary, change));
const says = (variant: string, summary: string, members: JsonObject) =>
  logoutFault(variant, summary, (draft) => withClaims(draft, members));
const lacks = (claim: string) =>
  logoutFault(`${claim}-missing`, `${claim} is missing`, (draft) => withoutClaims(draft, claim));

export const logoutTokenEventsMissing = () => lacks('events');
export const logoutTokenEventsEmpty = () => says('events-empty', 'events is an empty object', { events: {} });
export const logoutTokenEventOther = () =>
  says('event-other', 'events names another event', {
    events: { 'https://schemas.openid.net/secevent/risc/event-type/account-disabled': {} },
  });
export const logoutTokenEventString = () =>
  says('event-string', 'the event is a string and no object', {
    events: { 'http://schemas.openid.net/event/backchannel-logout': 'now' },
  });
/** A nonce is prohibited: an ID token shall not pass for a logout token. */
export const logoutTokenNoncePresent = () => says('nonce-present', 'a nonce is there', { nonce: 'nonce' });
export const logoutTokenWhoMissing = () =>
  logoutFault('who-missing', 'sub and sid are both missing', (draft) => withoutClaims(draft, 'sub', 'sid'));
export const logoutTokenSessionOther = () => says('sid-other', 'sid is another session', { sid: 'another-session' });
export const logoutTokenSubjectOther = () => says('sub-other', 'sub is another user', { sub: 'another-user' });
/** The same token again and again: `jti` is there to tell. */
export const logoutTokenIdConstant = () =>
  says('jti-constant', 'jti is the same in every logout token', { jti: 'the-same' });
