import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Fault } from '../../../../harness/model/fault.ts';
import type { Lifetimes } from '../../../../harness/model/issuing.ts';
import { type Duration, milliseconds } from '../../../../harness/model/time.ts';
import { dashed, family } from '../family.ts';

const fault = family('lifetime', { seam: 'lifetimes', layer: 'time', cause: 'token/expired' });

const things = {
  accessToken: { named: 'an access token', cause: 'token/expired' },
  idToken: { named: 'an ID token', cause: 'token/expired' },
  code: { named: 'an authorization code', cause: 'attack/code' },
  refreshTokenIdle: { named: 'an unused refresh token', cause: 'refresh/expired' },
  refreshTokenAbsolute: { named: 'a grant with all its refresh tokens', cause: 'refresh/expired' },
  deviceCode: { named: 'a device code', cause: 'token/expired' },
  requestUri: { named: 'a pushed request', cause: 'token/expired' },
} as const satisfies { readonly [L in keyof Lifetimes]: { readonly named: string; readonly cause: CauseId } };

/** What the IdP issues lives shorter or longer than usual, and it says so. */
export const lifetimeOf = ({
  of = 'accessToken',
  is = '1s',
}: {
  readonly of?: keyof Lifetimes;
  readonly is?: Duration;
} = {}): Fault<'lifetimes'> => {
  const { named, cause } = things[of];
  return fault(
    `${dashed(of)}-${is}`,
    `${named} lives ${is}`,
    (usual) => ({ ...usual, [of]: milliseconds(is) / 1000 }),
    cause,
  );
};
