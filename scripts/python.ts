import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Gives each Python target an environment of its own with what its requirements.txt names.
const root = join(import.meta.dirname, '../targets/python');
for (const file of globSync('*/requirements.txt', { cwd: root })) {
  const folder = join(root, dirname(file));
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: 'inherit' });
  run('python3', '-m', 'venv', '.venv');
  run('.venv/bin/python', '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt');
}
