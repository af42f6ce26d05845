import type { Idp } from '../../mocks/idp/idp.ts';
import type { TargetClock } from './target-clock.ts';

/** A mock IdP that can be started anew in its place, as one without a store: new keys, and nobody and nothing is known. */
export interface RestartableIdp extends Idp {
  restart(): Promise<void>;
}

/** The IdP of a stage, be it the mock or a real one, as the parties around it need it. */
export type StageIdp = Pick<
  RestartableIdp,
  'issuer' | 'endpoints' | 'published' | 'foreign' | 'endpointOf' | 'handle' | 'logOut' | 'rotateKeys' | 'restart'
> & {
  /** A real one can be broken in its clock alone. */
  readonly place: Idp['place'] | TargetClock['place'];
};

/** @param make `slot` tells the keys of one life from those of the next */
export async function restartableIdp(make: (slot: number) => Promise<Idp>): Promise<RestartableIdp> {
  let slot = 0;
  let current = await make(slot);
  const restart = async () => {
    slot += 1;
    current = await make(slot);
  };
  // Whoever holds it talks to the one that runs.
  return new Proxy({} as RestartableIdp, {
    get: (_, member) => (member === 'restart' ? restart : Reflect.get(current, member)),
  });
}
