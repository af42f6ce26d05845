import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build } from '../../harness/drivers/container/build.ts';
import { container } from '../../harness/drivers/container/container.ts';
import { openEngine } from '../../harness/drivers/container/engine.ts';
import { builtName, digestOf } from '../../harness/drivers/container/image.ts';
import { FailwellError } from '../../harness/model/error.ts';
import { needing } from '../machine.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A folder with these files. */
async function pack(files: { readonly [name: string]: string }): Promise<string> {
  const outer = await mkdtemp(join(tmpdir(), 'failwell-pack-'));
  folders.push(outer);
  const folder = join(outer, 'Own Pack');
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

const whenBuilt = async (folder: string) => {
  const said: string[] = [];
  const driver = container({ build: folder, port: 80 });
  const signal = AbortSignal.timeout(50_000);
  const came = await driver.prepare!((line) => void said.push(line), signal).catch((error: Error) => error);
  return { came, said, driver };
};

test('the name of an image changes with what goes into it, and with nothing else', async () => {
  const files = { Dockerfile: 'FROM scratch', 'a.conf': 'a' };
  const name = await builtName(await pack(files));
  expect(name).toMatch(/^failwell\/own-pack:[0-9a-f]{12}$/);
  expect(await builtName(await pack({ ...files, 'README.md': 'more', 'target.ts': 'other' }))).toBe(name);
  expect(await builtName(await pack({ ...files, 'a.conf': 'b' }))).not.toBe(name);
  expect(await builtName(await pack({ ...files, 'b.conf': '' }))).not.toBe(name);
});

describe('an image', needing('engine'), () => {
  test('is built once, step by step, and found the next time', async () => {
    const folder = await pack({ Dockerfile: 'FROM scratch\nCOPY note /note', note: String(Math.random()) });
    const name = await builtName(folder);
    const { came, said, driver } = await whenBuilt(folder);
    expect(came).toMatch(new RegExp(`^${name} sha256:[0-9a-f]{64}$`));
    expect(said[0]).toBe(`${name}: building`);
    expect(said[1]).toMatch(/: Step 1\/2 : FROM scratch$/);
    expect(await driver.lacks!()).toBeUndefined();
    const { docker } = await openEngine();
    await docker.getImage(name).remove();
  });

  test('whose build fails says at what, and leaves no container', async () => {
    const folder = await pack({ Dockerfile: 'FROM debian:bookworm-slim\nRUN echo "E: no such thing" >&2; exit 4' });
    const { came, driver } = await whenBuilt(folder);
    expect(came).toBeInstanceOf(FailwellError);
    expect((came as Error).message).toMatch(
      /^The image failwell\/own-pack:\w+ could not be built from .*Own Pack, mend its Dockerfile \(it printed: 'E: no such thing'\): The command .* returned a non-zero code: 4\.$/,
    );
    expect(await driver.lacks!()).toContain("'failwell images' gets it");
  });

  test('without a Dockerfile says so', async () => {
    const { came } = await whenBuilt(await pack({ 'a.conf': '' }));
    expect((came as Error).message).toMatch(/^There is no Dockerfile in .*Own Pack: write one, or correct 'build'/);
  });

  test('that stands on one that is nowhere says so', async () => {
    const { came } = await whenBuilt(await pack({ Dockerfile: 'FROM failwell.invalid/no-such-base:1' }));
    expect((came as Error).message).toMatch(
      /^The image failwell\.invalid\/no-such-base:1 could not be pulled, see that its registry can be reached: /,
    );
  });

  test('is not built any further when that is given up', async () => {
    const folder = await pack({ Dockerfile: 'FROM debian:bookworm-slim\nRUN sleep 60' });
    const given = new AbortController();
    const engine = await openEngine();
    const say = (line: string) => line.includes('Step 2') && given.abort();
    await expect(build(engine, folder, say, given.signal)).rejects.toThrow();
    expect(await digestOf(engine, await builtName(folder))).toBeUndefined();
  });
});
