import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Notes the process groups that it is told of (`+ 12`, `- 12`) until nobody can tell it anything any more, and ends those
 * that are left then.
 */
const script = `
trap '' HUP INT TERM
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%%" $group "*} \${groups#*" $group "}" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done`;

let watchdog: ChildProcess | undefined;

/**
 * Sees to it that a process group ends with this process, however this process ends: when it is killed, the pipe to a
 * shell that waits beside it closes, and the shell does what nobody else can do any more.
 * @returns called when the group has ended
 */
export function watched(group: number): () => void {
  tell(`+ ${group}`);
  return () => tell(`- ${group}`);
}

function tell(line: string): void {
  watchdog ??= open();
  watchdog.stdin?.write(`${line}\n`);
}

function open(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Where there is no shell, what a killed process leaves stays.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as unknown as { unref?(): void }).unref?.();
  return child;
}
