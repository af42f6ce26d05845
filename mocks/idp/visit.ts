import type { Seams } from '../../harness/model/fault.ts';
import type { Lifetimes, Policy } from '../../harness/model/issuing.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import type { Household, Visit } from './endpoint.ts';
import { definitions } from './endpoints/index.ts';
import type { Passage } from './faults.ts';
import { calling } from './outgoing.ts';

/** What an endpoint works with, as the faults leave it. The clock, lifetimes and policy are those without faults. */
export function visiting(
  household: Household,
  passage: Passage,
  usual: { readonly clock: { now(): number }; readonly lifetimes: Lifetimes; readonly policy: Policy },
): Visit {
  const { through, about, met } = passage;
  let time: number | undefined;
  let keys: readonly SigningKey[] | undefined;
  const members = new Map<string, unknown>();
  /** One member, the same throughout the visit. A fault on another one makes no difference to it. */
  const member = <S extends 'lifetimes' | 'policy', K extends keyof Seams[S]>(seam: S, all: Seams[S], name: K) => {
    const known = `${seam}/${String(name)}`;
    if (!members.has(known)) members.set(known, through(seam, all, (one, other) => one[name] === other[name])[name]);
    return members.get(known) as Seams[S][K];
  };
  return {
    ...household,
    call: household.call && calling(household.call, (plan) => through('outgoing-request', plan)),
    through,
    about,
    met,
    // Asked for only where it matters, so that a fault is met where it made a difference.
    now: () => (time ??= through('clock', usual.clock.now())),
    lifetime: (of) => member('lifetimes', usual.lifetimes, of),
    insistsOn: (what) => member('policy', usual.policy, what),
    signingKeys: () => (keys ??= through('keyring', household.keyring.published)),
    session: (request) => through('session', household.sessions.of(request)),
    decide: (granted) => through('decision', granted),
    metadata: () => metadataOf(household),
  };
}

const metadataOf = (household: Household): JsonObject =>
  Object.assign({}, ...definitions.map(({ metadata }) => metadata?.(household)));
