import { fileURLToPath } from 'node:url';
import { childProcess } from '../../harness/drivers/process.ts';
import type { Driver, GatewayWiring } from '../../harness/model/target.ts';

/** Runs the `server.ts` beside a target's file in a Node process of its own, with its settings in the environment. */
export function nodeServer(
  targetFile: string,
  settings: (wiring: GatewayWiring) => Record<string, string>,
): Driver<GatewayWiring> {
  return childProcess({
    command: process.execPath,
    args: [fileURLToPath(new URL('./server.ts', targetFile))],
    names: 'node',
    env: (wiring) => ({
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: wiring.ca.file,
      HOST: wiring.host,
      PORT: String(wiring.port),
      API_URL: wiring.api,
      ...settings(wiring),
    }),
  });
}
