import { PassThrough, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { eachLine } from '../lines.ts';
import type { Container } from './engine.ts';

/**
 * Hands over every line that a container prints, from its first. Call it before the container starts.
 * @returns `ended` resolves when its streams have ended and all was handed over; `drop` ends them here, for a container
 *   that never started: its engine would keep them open
 */
export async function followOutput(
  container: Container,
  line: (stream: string, text: string) => void,
): Promise<{ readonly ended: Promise<void>; drop(): void }> {
  const attached = await container.attach({ stream: true, stdout: true, stderr: true });
  const packed = attached as unknown as Readable;
  return { ended: unpack(container, packed, line), drop: () => void packed.destroy() };
}

/** Hands over every line that is written to a file in a running container, under the file's name. */
export async function followFile(
  container: Container,
  file: string,
  line: (stream: string, text: string) => void,
): Promise<void> {
  const tail = await container.exec({
    Cmd: ['tail', '-n', '+1', '-F', file],
    AttachStdout: true,
    AttachStderr: false,
  });
  const packed = await tail.start({ hijack: true, stdin: false });
  void unpack(container, packed, (_, text) => line(file, text));
}

/** Both streams come packed in one: https://docs.docker.com/reference/api/engine, "Attach to a container". */
async function unpack(
  container: Container,
  packed: Readable,
  line: (stream: string, text: string) => void,
): Promise<void> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  for (const [name, stream] of Object.entries(streams)) eachLine(stream, (text) => line(name, text));
  container.modem.demuxStream(packed, streams.stdout, streams.stderr);
  await finished(packed, { writable: false }).catch(() => undefined);
  const closed = Object.values(streams).map((stream) => new Promise((resolve) => stream.once('close', resolve)));
  for (const stream of Object.values(streams)) stream.end();
  await Promise.all(closed);
}
