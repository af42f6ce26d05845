import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachLine } from '../../harness/drivers/lines.ts';

async function read(chunks: readonly Uint8Array[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  eachLine(stream, (line) => lines.push(line));
  const closed = new Promise((resolve) => stream.once('close', resolve));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await closed;
  return lines;
}

test('however a text is cut into chunks, its lines come out whole', async () => {
  const line = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ' '));
  const cuts = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      cuts,
      fc.constantFrom('\n', '\r\n'),
      async (lines, sizes, end) => {
        const bytes = Buffer.from(lines.map((text) => text + end).join(''));
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length]!;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(await read(chunks)).toEqual(lines);
      },
    ),
    { numRuns: 200 },
  );
});

test('the last line needs no line end', async () => {
  expect(await read([Buffer.from('one\ntwo')])).toEqual(['one', 'two']);
});

test('a line without end is cut, and the next one is whole again', async () => {
  const [long, short] = await read([Buffer.from('x'.repeat(40_000)), Buffer.from(`${'x'.repeat(10)}\nnext\n`)]);
  expect(long).toBe(`${'x'.repeat(16_384)}…`);
  expect(short).toBe('next');
});
