import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Figure, median } from './figures.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** How long `failwell list` takes from spawn to exit, beside Node alone. The two take turns. */
export function measureStartUp(times: number): Figure[] {
  const list: number[] = [];
  const node: number[] = [];
  // The first pair warms the disk cache up.
  for (let n = -1; n < times; n += 1) {
    const taken = [spawned(['-e', '0']), spawned(['bin/failwell.cjs', 'list'])] as const;
    if (n < 0) continue;
    node.push(taken[0]);
    list.push(taken[1]);
  }
  return [
    { name: 'failwell list', value: median(list), unit: 'ms', limit: 300, note: `median of ${times} spawns` },
    { name: 'node -e 0', value: median(node), unit: 'ms' },
  ];
}

/** Milliseconds. */
function spawned(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')} exited with ${status}: ${stderr}`);
  return performance.now() - began;
}
