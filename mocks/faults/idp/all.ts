import type { AnyFault, Layer } from '../../../harness/model/fault.ts';
import type { Policy } from '../../../harness/model/issuing.ts';
import { strictPolicy } from '../../idp/policy.ts';
import * as families from './families.ts';
import { carriedFlaws } from './token/carried.ts';

const usual: readonly AnyFault[] = Object.values(families).map((make) => make());

/** Faults with other parameters than the usual ones. */
const variants: readonly AnyFault[] = [
  families.clockFast({ by: '30s' }),
  families.clockFast({ by: '30m' }),
  families.clockFast({ by: '1h' }),
  families.clockFast({ by: '2h' }),
  families.clockSlow({ by: '30s' }),
  families.clockSlow({ by: '30m' }),
  families.clockSlow({ by: '1h' }),
  families.clockSlow({ by: '2h' }),
  families.lifetimeOf({ of: 'accessToken', is: '0s' }),
  families.lifetimeOf({ of: 'accessToken', is: '3650d' }),
  families.lifetimeOf({ of: 'idToken', is: '0s' }),
  families.lifetimeOf({ of: 'code', is: '0s' }),
  families.lifetimeOf({ of: 'refreshTokenIdle', is: '0s' }),
  families.lifetimeOf({ of: 'refreshTokenAbsolute', is: '0s' }),
  families.lifetimeOf({ of: 'deviceCode', is: '0s' }),
  families.lifetimeOf({ of: 'requestUri', is: '0s' }),
  ...(Object.keys(strictPolicy) as (keyof Policy)[])
    .map((what) => families.policyOff({ what }))
    .filter(({ id }) => usual.every((fault) => fault.id !== id)),
];

const layers: readonly Layer[] = ['token', 'flow', 'lifecycle', 'time', 'policy'];

/** Every fault of the mock IdP's own, and the token flaws that it carries elsewhere; by layer, seam and id. */
export const idpFaults: readonly AnyFault[] = [...usual, ...variants, ...carriedFlaws].sort(
  (one, other) =>
    layers.indexOf(one.layer) - layers.indexOf(other.layer) ||
    one.seam.localeCompare(other.seam) ||
    one.id.localeCompare(other.id),
);
