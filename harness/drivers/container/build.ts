import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailwellError } from '../../model/error.ts';
import { debianBase, makeDebianBase } from './debian-base.ts';
import { type Engine, engineTrouble, said } from './engine.ts';
import { fetched } from './fetch.ts';
import { builtName, contextOf, digestOf, type PresentImage } from './image.ts';
import { progress } from './progress.ts';
import { pull } from './pull.ts';

/** Says what is being done, a line at a time. */
export type Say = (line: string) => void;

/** Builds the image of a pack from its Dockerfile, and first what that stands on. */
export async function build(engine: Engine, folder: string, say: Say, signal: AbortSignal): Promise<PresentImage> {
  const name = await builtName(folder);
  const files = await contextOf(folder);
  if (!files.includes('Dockerfile')) {
    const sentence = `There is no Dockerfile in ${folder}: write one, or correct 'build' in the target's file.`;
    throw new FailwellError('config', sentence);
  }
  for (const base of basesOf(await readFile(join(folder, 'Dockerfile'), 'utf8'))) {
    if ((await digestOf(engine, base)) === undefined) await provideBase(engine, base, say, signal);
  }
  await using context = await fetched(folder, files, say, signal);
  say(`${name}: building`);
  const lines: string[] = [];
  try {
    const options = { t: name, rm: true, forcerm: true, abortSignal: signal };
    const stream = await engine.docker.buildImage({ context: context.folder, src: [...context.entries] }, options);
    await progress(stream, signal, (line) => {
      lines.push(line);
      if (line.startsWith('Step ')) say(`${name}: ${line}`);
    });
  } catch (error) {
    signal.throwIfAborted();
    const last = lines.findLast((line) => /^E: |error|not found|unable/i.test(line));
    const told = last === undefined ? '' : ` (it printed: '${last}')`;
    throw engineTrouble(error, `The image ${name} could not be built from ${folder}, mend its Dockerfile${told}`);
  }
  const digest = await digestOf(engine, name);
  if (digest === undefined) throw new FailwellError('harness', `The engine built ${name} and does not have it.`);
  return { name, digest, built: true };
}

/** Gets what a Dockerfile builds on: from its registry, or, for Debian, from Debian's archive. */
async function provideBase(engine: Engine, base: string, say: Say, signal: AbortSignal): Promise<void> {
  try {
    await pull(engine, base, say, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (base !== debianBase) throw error;
    say(`${base}: not to be had from a registry (${said(error)}), so it is made from Debian's archive`);
    await makeDebianBase(engine, say, signal);
  }
}

/** The images that a Dockerfile's stages start from, without the stages themselves. */
function basesOf(dockerfile: string): readonly string[] {
  const froms = [...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?/gim)];
  const stages = froms.map(([, , stage]) => stage);
  return [...new Set(froms.map(([, base]) => base!))].filter((base) => base !== 'scratch' && !stages.includes(base));
}
