import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shim } from '../../harness/drivers/shim.ts';
import type { ClientWiring, Driver } from '../../harness/model/target.ts';
import { needing } from '../needing.ts';

/**
 * Runs the `client.py` beside a target's file; it speaks by `shim.py`. With the Python of the environment that
 * `npm run python` made there, or the one on the path if that has the modules.
 */
export function pythonClient(targetFile: string, modules: readonly string[]): Driver<ClientWiring> {
  const beside = (name: string) => fileURLToPath(new URL(name, targetFile));
  const own = beside('./.venv/bin/python');
  const command = existsSync(own) ? own : 'python3';
  return needing(
    shim({ command, args: [beside('./client.py')], lifetime: 'session' }),
    [command, '-c', `import ${modules.join(', ')}`],
    `No Python with ${modules.join(' and ')} is here: install Python 3 and run 'npm run python'`,
  );
}
