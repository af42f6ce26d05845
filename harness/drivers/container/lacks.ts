import { FailwellError } from '../../model/error.ts';
import type { ImageSource } from '../../model/target.ts';
import { openEngine } from './engine.ts';
import { presentImage } from './image.ts';

/** What a container lacks to start at once, in one sentence: an engine, or its image. */
export async function lacks(source: ImageSource): Promise<string | undefined> {
  try {
    const present = await presentImage(await openEngine(), source);
    return present === undefined ? "Its image is not here: 'failwell images' gets it" : undefined;
  } catch (error) {
    if (error instanceof FailwellError) return error.message.replace(/\.$/, '');
    throw error;
  }
}
