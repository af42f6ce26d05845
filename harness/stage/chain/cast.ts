import { FailwellError } from '../../model/error.ts';
import { type Duration, milliseconds } from '../../model/time.ts';
import type { Backstage, Cast } from '../cast.ts';
import { castAround } from '../client/cast.ts';
import { plainSteps } from '../plain-step.ts';
import { openChainWires } from './wires.ts';

/**
 * A chain: a user in a browser → client → gateway → API, and the mock IdP beside both. It is driven through its client,
 * whose control is to log a user in and to reach the API.
 */
export async function chainCast(backstage: Backstage): Promise<Cast> {
  const { members, id } = backstage.target;
  if (members === undefined) throw new FailwellError('config', `${id} is a chain of nobody: make it with chainOf().`);
  const cast = await castAround(
    members.client,
    backstage,
    (options) => openChainWires({ ...options, members, signal: backstage.signal }),
    'client',
  );
  const { clocks, wiring, names } = cast.wires;
  let { random } = backstage;
  const plain = plainSteps({ book: backstage.book, now: backstage.now, random: () => random });
  const tick = () => {
    for (const clock of Object.values(clocks)) clock.set(backstage.surroundings.clock.now());
  };
  return {
    ...cast,
    names,
    begin(by) {
      random = by;
      tick();
      cast.begin(by);
    },
    secrets: () => [...cast.secrets(), ['gateway_secret', wiring.gateway.clientSecret]],
    async perform(step, performance) {
      if (step.do !== 'drive' || step.what !== 'move-clock') return await cast.perform(step, performance);
      return await plain(step, performance, async () => {
        const { of, by } = step.with;
        if (of !== 'client' && of !== 'gateway')
          throw new FailwellError('usage', `A chain has no clock of '${of}': write 'client' or 'gateway'.`);
        clocks[of].skew(milliseconds(String(by) as Duration));
        return { outcome: 'accepted', detail: 'moved' };
      });
    },
    async control(performance) {
      tick();
      return await cast.control(performance);
    },
  };
}
