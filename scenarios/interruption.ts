import type { Role } from '../harness/model/parties.ts';
import type { Expected, Scenario } from '../harness/model/scenario.ts';
import type { Interrupt, Step } from '../harness/model/step.ts';
import { accept } from '../harness/oracles/expect.ts';
import type { PairableOracle } from '../harness/oracles/oracle.ts';
import { recovers } from '../harness/oracles/recovers.ts';
import { survives } from '../harness/oracles/survives.ts';
import { practice } from '../harness/requirements/practice.ts';

const ways: { readonly [way: string]: Pick<Interrupt, 'how'> & { readonly summary: string; readonly remedy: string } } =
  {
    frozen: {
      how: 'freeze',
      summary: 'The component gets no time to run for a moment (a paused container, a suspended machine), and goes on.',
      remedy: 'Measure what is awaited by a monotonic clock, and open connections anew that ended in the meantime.',
    },
    killed: {
      how: 'kill',
      summary: 'The component is killed, without a chance to tidy up, and started again as it was.',
      remedy: 'At the start, take over or remove what an earlier life left behind: locks, process ids, sockets.',
    },
    'cut-off': {
      how: 'cut-off',
      summary: 'The component loses every wire for a moment, and gets them back.',
      remedy: 'Give up connections on which nothing comes, within a deadline, and open others.',
    },
  };

/**
 * A component's life is interrupted, and its next piece of work is done as if nothing had been. No RFC obliges to that.
 * `did` says of that work that it was done.
 */
export function interruptions(
  role: Role,
  {
    needs = [],
    work,
    did,
    discretion,
    called = (way) => way,
  }: {
    readonly needs?: readonly string[];
    readonly work: readonly Step[];
    readonly did: PairableOracle;
    readonly discretion: readonly Expected[];
    /** Names the variant. */
    readonly called?: (way: string) => string;
  },
): readonly Scenario[] {
  return Object.entries(ways).map(([way, { how, summary, remedy }]) => ({
    id: `${role}/interruption/${called(way)}`,
    role,
    cause: 'network/intermittent',
    summary,
    remedy,
    needs: [...needs, how === 'cut-off' ? 'detachable' : 'interruptible'],
    isolation: 'fresh',
    faults: [],
    stimulus: [{ do: 'interrupt', how }, ...work],
    expect: accept({
      discretion,
      resilience: [
        did.by(practice.recovers),
        recovers().by(practice.recovers),
        // One that was killed has ended, of course.
        ...(how === 'kill' ? [] : [survives().by(practice.survivesInput)]),
      ],
    }),
  }));
}
