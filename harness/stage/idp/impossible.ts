import type { Came } from './outcome.ts';

/** A step that cannot be done with what there is. It says nothing about the target, so it comes to neither yes nor no. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

/** What doing comes to, or that it could not be done and why. */
export async function asFarAsPossible(doing: () => Promise<Came>): Promise<Came> {
  try {
    return await doing();
  } catch (error) {
    if (error instanceof Impossible) return { outcome: 'indeterminate', detail: error.message };
    throw error;
  }
}
