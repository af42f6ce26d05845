import type { ImageSource } from '../../model/target.ts';
import { build, type Say } from './build.ts';
import type { Engine } from './engine.ts';
import { type PresentImage, presentImage } from './image.ts';
import { pull } from './pull.ts';

/** The images that this process has looked for, and what came of it: a second look would come to the same. */
const provided = new Map<string, Promise<PresentImage>>();

/** Gets a target's image: the one that is there, the official one from its registry, or the pack's own. */
export function provideImage(
  engine: Engine,
  source: ImageSource,
  say: Say,
  signal: AbortSignal,
): Promise<PresentImage> {
  const key = JSON.stringify(source);
  const known = provided.get(key);
  if (known !== undefined) return known;
  const providing = provide(engine, source, say, signal);
  provided.set(key, providing);
  providing.catch(() => signal.aborted && provided.delete(key));
  return providing;
}

async function provide(engine: Engine, source: ImageSource, say: Say, signal: AbortSignal): Promise<PresentImage> {
  const present = await presentImage(engine, source);
  if (present !== undefined) return present;
  if (source.image !== undefined) {
    try {
      await pull(engine, source.image, say, signal);
      const pulled = await presentImage(engine, source);
      if (pulled !== undefined) return pulled;
    } catch (error) {
      if (source.build === undefined || signal.aborted) throw error;
    }
  }
  return await build(engine, source.build!, say, signal);
}
