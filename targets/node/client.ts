import { fileURLToPath } from 'node:url';
import { shim } from '../../harness/drivers/shim.ts';
import type { ClientWiring, Driver } from '../../harness/model/target.ts';

/** Runs the `client.ts` beside a target's file in a Node process of its own; it speaks by `shim.ts`. */
export function nodeClient(targetFile: string): Driver<ClientWiring> {
  return shim({
    command: process.execPath,
    args: [fileURLToPath(new URL('./client.ts', targetFile))],
    names: 'node',
    env: () => ({ NODE_ENV: 'production' }),
    lifetime: 'session',
  });
}
