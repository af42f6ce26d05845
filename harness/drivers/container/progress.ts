import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** A line of the engine's progress, https://docs.docker.com/reference/api/engine, "Build an image". */
interface Told {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
}

/** Reads the engine's account of a build or a pull to its end. Rejects with what went wrong, in the engine's words. */
export async function progress(
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
  line: (text: string) => void,
): Promise<void> {
  let wrong: string | undefined;
  let before = '';
  for await (const text of createInterface({ input: stream, signal })) {
    const told = JSON.parse(text) as Told;
    wrong ??= told.error;
    // Of a layer that comes down, every percent is told.
    const words = stripVTControlCharacters(told.stream ?? [told.id, told.status].filter(Boolean).join(' ')).trim();
    if (words === '' || words === before) continue;
    before = words;
    for (const part of words.split('\n')) if (part.trim() !== '') line(part.trim());
  }
  signal.throwIfAborted();
  if (wrong !== undefined) throw new Error(wrong);
}
