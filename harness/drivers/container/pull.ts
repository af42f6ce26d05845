import type { Say } from './build.ts';
import { type Engine, engineTrouble } from './engine.ts';
import { progress } from './progress.ts';

/** Fetches an image from its registry. */
export async function pull(engine: Engine, name: string, say: Say, signal: AbortSignal): Promise<void> {
  say(`${name}: pulling`);
  try {
    const stream = await engine.docker.pull(name);
    await progress(stream, signal, () => {});
  } catch (error) {
    signal.throwIfAborted();
    throw engineTrouble(error, `The image ${name} could not be pulled, see that its registry can be reached`);
  }
}
