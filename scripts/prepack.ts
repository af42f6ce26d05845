import { copyFile, glob, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

// Empties what goes into the package, and puts the templates of `failwell init` there; `tsc` then fills `dist`.
const root = join(import.meta.dirname, '..');
const from = join(root, 'targets/node');
const to = join(root, 'templates');
await rm(join(root, 'dist'), { recursive: true, force: true });
await rm(to, { recursive: true, force: true });
for await (const file of glob(['*.ts', '*/{target,server,client,model}.ts'], { cwd: from })) {
  if (file.endsWith('.d.ts')) continue;
  await mkdir(dirname(join(to, file)), { recursive: true });
  await copyFile(join(from, file), join(to, file));
}
