import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The label of everything that Failwell makes in an engine: which process of which machine it belongs to. */
export const ownerLabel = 'dev.failwell.owner';

/** The label of what one process made, for those who look at it by hand. */
const runLabel = 'dev.failwell.run';

/** Names what this process makes in an engine. */
export const runId = randomBytes(4).toString('hex');

/** The labels of what this process makes. */
export function ownLabels(): Record<string, string> {
  return { [ownerLabel]: [hostname(), boot(), process.pid, startOf(process.pid)].join('/'), [runLabel]: runId };
}

/**
 * Whether the owner is surely gone: a process of this machine that no longer runs. Of what another machine made
 * nothing is known.
 */
export function isDead(owner: string): boolean {
  const [host, booted, pid, start] = owner.split('/');
  if (host !== hostname()) return false;
  return booted !== boot() || startOf(Number(pid)) !== start;
}

/** Tells one start of this machine from the next; empty where it does not say. */
function boot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** When a process started, in its system's own words, so that a pid that is used again is told apart. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // proc(5): the name, in brackets, may hold anything; the start time is the twentieth field after it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return started.replaceAll('/', '-') || undefined;
  } catch {
    return undefined;
  }
}
