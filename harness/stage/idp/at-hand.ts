import type { Browser } from 'playwright-core';
import type { OpenLink } from '../../../mocks/links/link.ts';
import { FailwellError } from '../../model/error.ts';
import type { AnyFault, Random } from '../../model/fault.ts';
import type { ByHand } from '../../model/stage.ts';
import type { IdpWiring } from '../../model/target.ts';
import type { Backstage } from '../cast.ts';
import type { UserAgent } from '../user-agent/user-agent.ts';
import type { Occasion } from './ask.ts';
import type { Store } from './kept.ts';
import { marksOf } from './marks.ts';
import type { Metadata } from './metadata.ts';
import type { OwnEndpoints } from './own-endpoints.ts';
import type { Ledger } from './tidy.ts';

/** What the harness has at hand as the clients of an IdP and the browsers of their users: all that it does shares it. */
export interface AtHand {
  readonly backstage: Backstage;
  readonly own: OwnEndpoints | undefined;
  readonly links: Map<string, OpenLink>;
  /** What the steps of this scenario have got. */
  readonly store: Store;
  /** The cookies of the browsers that this scenario names. */
  readonly browsers: Map<string, UserAgent['cookies']>;
  /** Only of a server that lives on, which has something to be rid of. */
  readonly ledger: Ledger | undefined;
  readonly scope: string;
  /** Whether users log in with a real browser. */
  readonly byBrowser: boolean;
  wiring: IdpWiring;
  random: Random;
  /** The IdP, once it runs. */
  known: { readonly metadata: Metadata; readonly origin: string; readonly ours: boolean } | undefined;
  launched: Browser | undefined;
  last: Omit<ByHand, 'caFile'> | undefined;
  /** The target's own clock is wrong: each of its answers is made by it. */
  clockFaults: readonly AnyFault[];
  /** The stage has let go of the target, and something is given back. */
  leaving: boolean;
}

/** The link to the IdP, while there is anybody at its end. */
export function linkOf({ backstage, links, leaving }: AtHand): OpenLink | undefined {
  return backstage.running.alive || leaving ? links.get('caller→idp') : undefined;
}

/** What a right request needs to know now. Throws a `FailwellError` (`target-not-ready`) when the IdP never ran. */
export function occasionOf(hand: AtHand, correlation: string): Occasion {
  const { backstage, own, known, wiring, random, scope, store } = hand;
  const { target, surroundings, running } = backstage;
  if (known === undefined) throw new FailwellError('target-not-ready', `${target.id} ${running.downBecause}`);
  const marks = marksOf(known.origin, correlation, random.hex(16));
  const asClient = { key: own?.key, publish: own?.publish };
  const { username, password } = wiring.user;
  const named = { ...store.named(), username, password, scope, 'scope.less': scope.replace(/ \S+$/, '') };
  const now = surroundings.clock.now();
  return { metadata: known.metadata, wiring, manners: target.idp ?? {}, now, random, ...asClient, known: named, marks };
}
