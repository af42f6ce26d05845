import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, expectTypeOf, onTestFinished, test } from 'vitest';
import type { z } from 'zod';
import type { RunEvent } from '../../harness/model/event.ts';
import { jsonSchema } from '../../harness/record/json-schema.ts';
import { readRun } from '../../harness/record/reader.ts';
import { runEvent, schemaVersion } from '../../harness/record/schema.ts';

const fixture = new URL(`fixtures/run-${schemaVersion}.ndjson`, import.meta.url);
const docs = new URL('../../docs/', import.meta.url);

async function read(source: string | AsyncIterable<string>) {
  const notes: string[] = [];
  const events: RunEvent[] = [];
  for await (const event of readRun(source, (note) => notes.push(note))) events.push(event);
  return { events, notes };
}

/** The lines of the fixture, changed, in a file. */
async function file(change: (lines: string[]) => readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'run.ndjson');
  await writeFile(path, change((await readFile(fixture, 'utf8')).split('\n')).join('\n'));
  return path;
}

const refusal = (path: string) => expect(read(path)).rejects;

test('the schema and the model are the same', () => {
  expectTypeOf<z.output<typeof runEvent>>().toExtend<RunEvent>();
  expectTypeOf<RunEvent>().toExtend<z.input<typeof runEvent>>();
  expect(schemaVersion).toMatch(/^1\.\d+$/);
});

test('the published schema is current', async () => {
  const published = JSON.parse(await readFile(new URL('run-record.schema.json', docs), 'utf8'));
  expect(published, 'run node harness/record/json-schema.ts').toEqual(jsonSchema());
});

test('the documentation names every event and entry kind, and its example is a record', async () => {
  const text = await readFile(new URL('run-record.md', docs), 'utf8');
  const kinds = JSON.stringify(jsonSchema()).matchAll(/"(?:type|kind)":\{"type":"string","const":"([a-z-]+)"\}/g);
  for (const [, kind] of kinds) expect(text).toContain(`\`${kind}\``);
  const example = /```ndjson\n([\s\S]*?)\n```/.exec(text)?.[1]?.split('\n') ?? [];
  expect(example.length).toBeGreaterThan(3);
  for (const line of example) expect(runEvent.safeParse(JSON.parse(line)).error).toBeUndefined();
});

/** Before 1.2 an exchange told of one end. */
function asRead(line: string): unknown {
  const event = JSON.parse(line);
  const { exchange } = event.entry ?? {};
  if (exchange?.error === undefined || exchange.errors !== undefined) return event;
  const { side, ...seen } = exchange.error;
  return { ...event, entry: { ...event.entry, exchange: { ...exchange, errors: { [side]: seen } } } };
}

test.each([
  ['1.0', 17, 'far'],
  ['1.1', 17, 'far'],
  ['1.2', 18, 'near,far'],
])('reads a record of version %s whole', async (version, kinds, ends) => {
  const path = fileURLToPath(new URL(`fixtures/run-${version}.ndjson`, import.meta.url));
  const { events, notes } = await read(path);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(events).toEqual(lines.map(asRead));
  expect(new Set(events.map((event) => (event.type === 'entry' ? event.entry.kind : event.type))).size).toBe(kinds);
  const errors = events.flatMap((event) =>
    event.type === 'entry' && event.entry.kind === 'exchange' ? (event.entry.exchange.errors ?? []) : [],
  );
  expect(errors.map((each) => Object.keys(each).join())).toEqual([ends]);
  expect(notes).toEqual([]);
});

test('reads lines from anywhere', async () => {
  const lines = (await readFile(fixture, 'utf8')).split('\n');
  async function* source() {
    yield* lines;
  }
  expect((await read(source())).events.at(-1)?.type).toBe('run-finished');
});

test('takes nothing but a line feed for the end of a line', async () => {
  const path = await file((lines) =>
    lines.map((line) => line.replaceAll('token rejected', 'token\u2028\u2029\u0085rejected')),
  );
  const logs = (await read(path)).events.flatMap((event) =>
    event.type === 'entry' && event.entry.kind === 'log' ? [event.entry.line] : [],
  );
  expect(logs.join()).toContain('token\u2028\u2029\u0085rejected');
});

test('ignores members that it does not know', async () => {
  const path = await file((lines) => lines.map((line) => line.replace('{', '{"new":{"er":1},')));
  expect((await read(path)).events).toEqual((await read(await file((lines) => lines))).events);
});

test('reads what a killed run left, and says so', async () => {
  const cut = await read(await file((lines) => [...lines.slice(0, 4), lines[4]?.slice(0, 40) ?? '']));
  expect(cut.events.length).toBe(4);
  expect(cut.notes).toEqual([
    'The record breaks off within line 5: the run was killed; all before that line was read.',
  ]);
  const ended = await read(await file((lines) => [...lines.slice(0, 4), '']));
  expect(ended.events.length).toBe(4);
  expect(ended.notes).toEqual(['The record ends with line 4 before the run did: the run was killed.']);
});

test('reads a newer minor version and says what it left out', async () => {
  const newer = (line: string) => line.replace(`"schema":"${schemaVersion}"`, '"schema":"1.999"');
  const { events, notes } = await read(
    await file((lines) => [newer(lines[0] ?? ''), '{"type":"new-kind"}', ...lines.slice(1)]),
  );
  expect(events.at(-1)?.type).toBe('run-finished');
  expect(notes).toEqual([
    '1 events are of a newer kind and were left out: read this record with a newer Failwell to see them.',
  ]);
});

test('refuses what it cannot read, with a sentence that says what to do', async () => {
  const failing = (message: RegExp) => ({
    name: 'FailwellError',
    code: 'usage',
    message: expect.stringMatching(message),
  });
  await refusal(join(tmpdir(), 'failwell-no-such.ndjson')).toMatchObject(
    failing(/^Cannot read '.*' \(ENOENT\): give the run.ndjson/),
  );
  await refusal(tmpdir()).toMatchObject(failing(/^Cannot read '.*' \(EISDIR\): give the run.ndjson/));
  await refusal(await file(() => [])).toMatchObject(failing(/holds no event/));
  await refusal(await file(() => ['{"some":"json"}'])).toMatchObject(failing(/does not begin with 'run-started'/));
  await refusal(await file(() => ['null', ''])).toMatchObject(failing(/does not begin with 'run-started'/));
  await refusal(await file(() => ['hello', 'world'])).toMatchObject(failing(/damaged in line 1 \(it is no JSON\)/));
  await refusal(await file((lines) => lines.map((line) => line.replace('"schema":"1.', '"schema":"2.')))).toMatchObject(
    failing(/has schema 2\.2, and this Failwell reads 1\.x: read it with the version that wrote it\./),
  );
  await refusal(await file((lines) => lines.map((line) => line.replace('"seq":1,', '"seq":"one",')))).toMatchObject(
    failing(/damaged in line \d+ \(.*entry\.seq\)/),
  );
});
