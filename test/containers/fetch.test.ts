import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fetched } from '../../harness/drivers/container/fetch.ts';

const folder = await mkdtemp(join(tmpdir(), 'failwell-pack-'));
afterAll(() => rm(folder, { recursive: true }));

const signal = AbortSignal.timeout(50_000);
const manifest = { name: 'a-pack', version: '1.0.0' };
const lock = (name: string) => ({
  name,
  version: '1.0.0',
  lockfileVersion: 3,
  packages: { '': { name, version: '1.0.0' } },
});

test('a pack that names nothing is built from its own folder', async () => {
  await using context = await fetched(folder, ['Dockerfile'], () => {}, signal);
  expect(context).toMatchObject({ folder, entries: ['Dockerfile'] });
});

test('what a lock file names lies below fetched, and nothing of it is left', async () => {
  const files = ['Dockerfile', 'package-lock.json', 'package.json'];
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock('a-pack')));
  const said: string[] = [];
  let place: string;
  {
    await using context = await fetched(folder, files, (line) => said.push(line), signal);
    place = context.folder;
    expect(context.entries).toEqual([...files, 'fetched']);
    expect(await readdir(place)).toEqual(['Dockerfile', 'fetched', 'package-lock.json', 'package.json']);
    expect(await readdir(join(place, 'fetched'))).toEqual(
      expect.arrayContaining(['package-lock.json', 'package.json']),
    );
  }
  expect(existsSync(place)).toBe(false);
  expect(said).toEqual([`npm: getting what ${join(folder, 'package-lock.json')} names`]);
});

test('what cannot be fetched is a sentence with its reason', async () => {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies: { missing: '1.0.0' } }));
  const error = await fetched(folder, ['package-lock.json', 'package.json'], () => {}, signal).catch(
    (reason) => reason,
  );
  expect(error).toMatchObject({ code: 'target-not-ready' });
  expect(error.message).toMatch(
    /^npm could not get what this image is built from \('npm error .*'\): see that it reaches its registry, and try again\.$/,
  );
});
