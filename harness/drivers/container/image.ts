import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImageSource } from '../../model/target.ts';
import type { Engine } from './engine.ts';

/** An image that is there. */
export interface PresentImage {
  readonly name: string;
  /** The digest by which a registry knows it, or its id where none does. */
  readonly digest: string;
  /** From the pack's own Dockerfile. */
  readonly built: boolean;
}

/** Files of a pack that do not go into its image: what the harness runs, and what people read. */
const besides = /\.ts$|^README\.md$/;

/** The files of a pack that go into its image. */
export async function contextOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !besides.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** The name of the image of a pack: another one as soon as what goes into it has changed. */
export async function builtName(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await contextOf(folder)) {
    const content = await readFile(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return `failwell/${name}:${hash.digest('hex').slice(0, 12)}`;
}

/** The image of a source, if it is there: the official one before the pack's own. */
export async function presentImage(engine: Engine, source: ImageSource): Promise<PresentImage | undefined> {
  if (source.image !== undefined) {
    const digest = await digestOf(engine, source.image);
    if (digest !== undefined) return { name: source.image, digest, built: false };
  }
  if (source.build === undefined) return undefined;
  const name = await builtName(source.build);
  const digest = await digestOf(engine, name);
  return digest === undefined ? undefined : { name, digest, built: true };
}

/** The digest or id of an image; undefined when it is not there. */
export async function digestOf({ docker }: Engine, name: string): Promise<string | undefined> {
  try {
    const { RepoDigests, Id } = await docker.getImage(name).inspect();
    return RepoDigests?.[0]?.split('@')[1] ?? Id;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
