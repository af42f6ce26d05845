import type { CauseId } from '../../harness/model/cause.ts';
import type { Fault } from '../../harness/model/fault.ts';
import type { Expectation, Isolation, Scenario } from '../../harness/model/scenario.ts';
import { callApi, minted } from './stimuli.ts';

/** What the scenarios of one family of flawed tokens have in common. */
export interface Family {
  /** `token-expired`: the name of the file. */
  readonly family: string;
  readonly cause: CauseId;
  readonly remedy: string;
  readonly needs?: readonly string[];
  /** `fresh` when the token makes the target look something up and so changes its counters. */
  readonly isolation?: Isolation;
}

/** One flawed token and what should come of it. */
export interface Variant {
  readonly flaw: Fault<'access-token'>;
  readonly expect: Expectation;
  readonly needs?: readonly string[];
  readonly isolation?: Isolation;
}

/** One scenario a flawed token: the API is called with it, and that is all. */
export function forged(common: Family, variants: { readonly [variant: string]: Variant }): readonly Scenario[] {
  const { family, cause, remedy } = common;
  return Object.entries(variants).map(([variant, { flaw, expect, needs = [], isolation }]) => ({
    id: `gateway/${family}/${variant}`,
    role: 'gateway',
    cause,
    summary: `The access token is wrong in one thing: ${flaw.summary}.`,
    remedy,
    needs: ['jwt', ...(common.needs ?? []), ...needs],
    isolation: isolation ?? common.isolation ?? 'shared',
    faults: [],
    stimulus: [callApi({ token: minted(flaw) })],
    expect,
  }));
}
