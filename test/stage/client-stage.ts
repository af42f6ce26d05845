import { stagesFor } from '../../harness/compose.ts';
import type { Entry, EntryOf } from '../../harness/model/history.ts';
import type { Stage } from '../../harness/model/stage.ts';
import type { Target } from '../../harness/model/target.ts';
import { createSurroundings } from '../../harness/stage/surroundings.ts';

/** A stage with a history that is under way, and what stands in it. */
export interface Played extends AsyncDisposable {
  readonly stage: Stage;
  readonly signal: AbortSignal;
  perform(...steps: readonly Parameters<Stage['perform']>[0][]): Promise<Awaited<ReturnType<Stage['perform']>>>;
  of<K extends Entry['kind']>(kind: K): readonly EntryOf<K>[];
  /** `POST /token 200` of each exchange on a link since the history began. */
  on(link: string): readonly string[];
}

/** @param within milliseconds for all of it */
export async function play(target: Target, within = 20_000): Promise<Played> {
  await using opening = new AsyncDisposableStack();
  const surroundings = opening.use(await createSurroundings());
  const signal = AbortSignal.timeout(within);
  const stage = opening.use(await stagesFor(surroundings, 1)({ target, instance: 'test', cold: false, signal }));
  const { entries } = stage.begin({ seedPath: 'test', emit: () => undefined });
  const of = <K extends Entry['kind']>(kind: K) => entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
  const cleanup = opening.move();
  return {
    stage,
    signal,
    async perform(...steps) {
      const results = [];
      for (const step of steps) results.push(await stage.perform(step, 'stimulus', signal));
      return results.at(-1) ?? Promise.reject(new Error('no step was given'));
    },
    of,
    on: (link) =>
      of('exchange')
        .filter((entry) => entry.link === link)
        .map(({ exchange: { request, response, end } }) =>
          [request?.method, request?.path.split('?')[0], response?.status ?? end].join(' '),
        ),
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}
