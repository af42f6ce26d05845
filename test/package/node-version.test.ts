import { realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { execute, root } from './install.ts';

const bin = join(root, 'bin/failwell.cjs');
const sentence = (version: string) =>
  `Failwell needs Node 22.22 or newer, and this is ${version}: install a newer Node and try again.\n`;

test.each(['v12.22.12', 'v20.19.0', 'v22.21.1'])('on Node %s there is one sentence and exit 2', async (version) => {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-node-'));
  try {
    const pretend = join(folder, 'pretend.cjs');
    const versions = JSON.stringify({ ...process.versions, node: version.slice(1) });
    await writeFile(
      pretend,
      `Object.defineProperties(process, { version: { value: '${version}' }, versions: { value: ${versions} } });`,
    );
    const ran = await execute(folder, process.execPath, '--require', pretend, bin, 'run');
    expect(ran).toEqual({ code: 2, stdout: '', stderr: sentence(version) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** The machine's own Nodes, besides the one that came with the dev dependencies. */
const nodes = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .flatMap((file) => {
    try {
      return [realpathSync(file)];
    } catch {
      return [];
    }
  });

test.each([...new Set(nodes)])('%s either runs it or says the sentence', async (node) => {
  const version = (await execute(root, node, '--version')).stdout.trim();
  const [major, minor] = version.slice(1).split('.').map(Number) as [number, number];
  const ran = await execute(root, node, bin, '--version');
  if (major > 22 || (major === 22 && minor >= 22)) expect(ran.code).toBe(0);
  else expect(ran).toEqual({ code: 2, stdout: '', stderr: sentence(version) });
});
