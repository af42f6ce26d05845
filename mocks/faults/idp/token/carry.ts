import type { Fault, Seam, Seams } from '../../../../harness/model/fault.ts';
import type { TokenDraft } from '../../../../harness/model/token.ts';

/** Seams for the mock IdP's tokens that are not access tokens. */
export type TokenSeam = { [S in Seam]: Seams[S] extends TokenDraft ? S : never }[Exclude<Seam, 'access-token'>];

/** Carries flaws of access tokens onto another kind of token: `token/expired-by-10m` → `id-token/expired-by-10m`. */
const carriedTo =
  <S extends TokenSeam>(seam: S) =>
  (flaw: Fault<'access-token'>): Fault<S> => ({
    ...flaw,
    id: flaw.id.replace(/^token(?=\/)/, seam),
    seam,
    apply: flaw.apply as Fault<S>['apply'],
  });

/** The same flaw of an ID token; its right audience is the client. */
export const onIdToken = carriedTo('id-token');
/** The same flaw of a logout token. */
export const onLogoutToken = carriedTo('logout-token');
/** The same flaw of an authorization response that is a JWT. */
export const onResponseToken = carriedTo('response-token');
/** The same flaw of a signed UserInfo answer. */
export const onUserinfoToken = carriedTo('userinfo-token');
/** The same flaw of a signed introspection answer. */
export const onIntrospectionToken = carriedTo('introspection-token');
