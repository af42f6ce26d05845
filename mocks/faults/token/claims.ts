import type { Json } from '../../../harness/model/json.ts';
import { tokenFault, withClaims, withoutClaims } from './draft.ts';

/** The registered claims, and the cause that each belongs to when it is broken. */
const causes = {
  iss: 'token/issuer',
  aud: 'token/audience',
  exp: 'token/expired',
  nbf: 'token/expired',
  iat: 'token/expired',
  sub: 'token/malformed',
  jti: 'token/malformed',
  client_id: 'token/malformed',
  scope: 'client/scope',
} as const;

const oddities = {
  null: null,
  true: true,
  false: false,
  zero: 0,
  empty: '',
  array: [],
  object: {},
} as const satisfies { [name: string]: Json };

export type Claim = keyof typeof causes;
export type Oddity = keyof typeof oddities;

const named = (claim: Claim) => claim.replace('_', '-');

/** A claim of a type or value that makes no sense, correctly signed. */
export const claimIs = ({ claim, as }: { readonly claim: Claim; readonly as: Oddity }) =>
  tokenFault(`claim-${named(claim)}-${as}`, causes[claim], `${claim} is ${JSON.stringify(oddities[as])}`, (draft) =>
    withClaims(draft, { [claim]: oddities[as] }),
  );

/** RFC 9068 §2.2 requires `sub`, `jti` and `client_id`. */
export const claimMissing = ({ claim }: { readonly claim: 'sub' | 'jti' | 'client_id' }) =>
  tokenFault(`claim-${named(claim)}-missing`, causes[claim], `${claim} is missing`, (draft) =>
    withoutClaims(draft, claim),
  );

/** A URL that only the attacker hears from, if the target fetches what a claim says. */
export const claimUrl = ({ claim }: { readonly claim: Claim }) =>
  tokenFault(`claim-${named(claim)}-url`, causes[claim], `${claim} is a URL on the attacker's host`, (draft) =>
    withClaims(draft, { [claim]: draft.surroundings.attackerUrl }),
  );

/** Must be accepted: claims that are not understood must be ignored (RFC 7519 §4). */
export const claimUnknown = () =>
  tokenFault('claim-unknown', 'extension/claims', 'an unknown claim is added', (draft) =>
    withClaims(draft, { 'https://failwell.example/claim': { nested: ['value'] } }),
  );

// `nbf: 0` and `iat: 0` are dates in 1970, and nothing is wrong with them; `aud: []` stands in the family of audiences.
const leftOut = new Set(['nbf-zero', 'iat-zero', 'aud-array']);

/** Every registered claim with every oddity that is wrong for it. */
export const oddClaims = (Object.keys(causes) as Claim[])
  .flatMap((claim) => (Object.keys(oddities) as Oddity[]).map((as) => ({ claim, as })))
  .filter(({ claim, as }) => !leftOut.has(`${claim}-${as}`))
  .map(claimIs);
