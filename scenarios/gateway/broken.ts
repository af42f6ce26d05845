import type { CauseId } from '../../harness/model/cause.ts';
import type { AnyFault, PlacedFault } from '../../harness/model/fault.ts';
import type { Endpoint, Link } from '../../harness/model/parties.ts';
import type { Expectation, Isolation, Scenario } from '../../harness/model/scenario.ts';
import type { Step } from '../../harness/model/step.ts';
import { callApi } from './stimuli.ts';

/** What the scenarios of one family of broken surroundings have in common. */
export interface Family {
  readonly family: string;
  readonly remedy: string;
  readonly needs?: readonly string[];
  readonly on: Link | 'idp';
  readonly at?: Endpoint;
  readonly isolation: Isolation;
  /** The faults stand before the target starts, so that its caches are empty. */
  readonly cold?: true;
  /** Default: call the API with a correct token. */
  readonly stimulus?: readonly Step[];
}

/** One way to break them and what should come of it. */
export interface Variant {
  readonly fault: AnyFault;
  /** Default: the fault's own. */
  readonly cause?: CauseId;
  readonly expect: (cause: CauseId) => Expectation;
  readonly schedule?: PlacedFault['schedule'];
  readonly slow?: true;
  readonly mayAvoid?: true;
  readonly needs?: readonly string[];
  readonly at?: Endpoint;
}

/** One scenario a fault: something around the gateway is broken, and a correct token is used. */
export function broken(common: Family, variants: { readonly [variant: string]: Variant }): readonly Scenario[] {
  const { family, remedy, on, isolation, cold, stimulus = [callApi()] } = common;
  return Object.entries(variants).map(([variant, row]) => {
    const { fault, cause = fault.cause, schedule = { when: 'always' }, slow, mayAvoid } = row;
    const at = row.at ?? common.at;
    return {
      id: `gateway/${family}/${variant}`,
      role: 'gateway',
      cause,
      summary: `${on === 'idp' ? 'At the IdP' : `On ${on}`}${at === undefined ? '' : ` (${at})`}: ${fault.summary}.`,
      remedy,
      needs: [...(common.needs ?? []), ...(row.needs ?? [])],
      isolation,
      ...(cold && { cold }),
      faults: [{ fault, on, schedule, ...(at !== undefined && { at }) }],
      stimulus,
      expect: row.expect(cause),
      ...(slow && { slow }),
      ...(mayAvoid && { mayAvoid }),
    };
  });
}
