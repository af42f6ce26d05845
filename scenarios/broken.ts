import type { CauseId } from '../harness/model/cause.ts';
import type { AnyFault, PlacedFault } from '../harness/model/fault.ts';
import type { Endpoint, Link, Party, Role } from '../harness/model/parties.ts';
import type { Expectation, Isolation, Scenario } from '../harness/model/scenario.ts';
import type { Step } from '../harness/model/step.ts';

/** What the scenarios of one family of broken surroundings have in common. */
export interface Family {
  readonly family: string;
  readonly remedy: string;
  readonly needs?: readonly string[];
  readonly on: Link | Party;
  readonly at?: Endpoint;
  readonly isolation: Isolation;
  /** The faults stand before the target starts, so that its caches are empty. */
  readonly cold?: true;
  /** Default: what the control does. */
  readonly stimulus?: readonly Step[];
}

/** One way to break them and what should come of it. */
export interface Variant extends Partial<Pick<Family, 'needs' | 'on' | 'at' | 'stimulus'>> {
  readonly fault: AnyFault;
  /** What else is broken there at the same time, wherever its seam is. */
  readonly also?: AnyFault;
  /** Default: the fault's own. */
  readonly cause?: CauseId;
  readonly expect: (cause: CauseId) => Expectation;
  readonly schedule?: PlacedFault['schedule'];
  readonly slow?: true;
  readonly mayAvoid?: true;
}

/** Makes tables for a role: one scenario a fault. Something around the target is broken, and it does its work. */
export function brokenFor(role: Role, work: readonly Step[]) {
  return (common: Family, variants: { readonly [variant: string]: Variant }): readonly Scenario[] =>
    Object.entries(variants).map(([variant, row]) => {
      const { family, remedy, isolation, cold } = common;
      const { fault, also, cause = fault.cause, schedule = { when: 'always' }, slow, mayAvoid } = row;
      const { on, at, stimulus = work } = { ...common, ...row };
      return {
        id: `${role}/${family}/${variant}`,
        role,
        cause,
        summary: `${on === 'idp' ? 'At the IdP' : on.includes('→') ? `On ${on}` : `At the ${on}`}${at === undefined ? '' : ` (${at})`}: ${fault.summary}${also === undefined ? '' : `, and ${also.summary}`}.`,
        remedy,
        needs: [...(common.needs ?? []), ...(row.needs ?? [])],
        isolation,
        ...(cold && { cold }),
        faults: [
          { fault, on, schedule, ...(at !== undefined && { at }) },
          ...(also === undefined ? [] : [{ fault: also, on, schedule }]),
        ],
        stimulus,
        expect: row.expect(cause),
        ...(slow && { slow }),
        ...(mayAvoid && { mayAvoid }),
      };
    });
}
