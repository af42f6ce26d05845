import { fileURLToPath } from 'node:url';
import { childProcess } from '../../harness/drivers/process.ts';
import type { Driver, IdpWiring } from '../../harness/model/target.ts';

/** What an IdP in a process of its own is told: JSON in the variable `SETTINGS`. */
export type IdpSettings = Pick<IdpWiring, 'clients' | 'user' | 'audience' | 'scope' | 'host' | 'port' | 'publicUrl'>;

/** Runs the `server.ts` beside a target's file in a Node process of its own. */
export function nodeIdp(targetFile: string): Driver<IdpWiring> {
  return childProcess({
    command: process.execPath,
    args: [fileURLToPath(new URL('./server.ts', targetFile))],
    env: ({ clients, user, audience, scope, host, port, publicUrl, ca }) => ({
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: ca.file,
      SETTINGS: JSON.stringify({
        ...{ clients, user, audience, scope, host, port },
        ...(publicUrl !== undefined && { publicUrl }),
      } satisfies IdpSettings),
    }),
  });
}
