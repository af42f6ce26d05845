import { readFileSync, writeFileSync } from 'node:fs';

/** Loaded into the harness process: writes its largest resident set, in kilobytes, to a file when it exits. */
const file = process.env.FAILWELL_BENCH_PEAK;
delete process.env.FAILWELL_BENCH_PEAK;
if (file !== undefined) process.on('exit', () => writeFileSync(file, String(peak())));

/** The largest resident set so far, in kilobytes. */
export function peak(): number {
  // On Linux `maxRSS` may be that of the process which spawned this one; `VmHWM` never is.
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
