import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';
import { root } from './start-up.ts';

/**
 * The most memory that the harness process held at once (resident set) in a full default run. Targets are processes
 * of their own and not counted, but for the reference gateway, which runs in the harness. Takes minutes.
 */
export async function measureMemory(): Promise<Figure[]> {
  const out = await mkdtemp(join(tmpdir(), 'failwell-bench-'));
  const peak = join(out, 'peak');
  try {
    const began = performance.now();
    const preload = new URL('./peak.ts', import.meta.url).href;
    const child = spawn(
      process.execPath,
      ['--import', preload, 'bin/failwell.cjs', 'run', '--seed', '1', '--out', out],
      {
        cwd: root,
        env: { ...process.env, FAILWELL_BENCH_PEAK: peak },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const [status] = await once(child, 'exit');
    // 1 and 4 say that a target failed something, not that the run did.
    if (![0, 1, 4].includes(status)) throw new Error(`the full run ended with exit code ${status}`);
    const minutes = ((performance.now() - began) / 60_000).toFixed(1);
    const kilobytes = Number(await readFile(peak, 'utf8'));
    const note = `full default run of ${minutes} min, targets not counted`;
    return [{ name: 'peak memory', value: (kilobytes * 1024) / 1e6, unit: 'MB', limit: 400, note }];
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
