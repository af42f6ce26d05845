import type { GatewayWiring } from '../../../harness/model/target.ts';
import { startGateway } from './server.ts';

// The gateway in a process of its own, for what is done to processes. Its wiring is the JSON in WIRING.
const wiring = JSON.parse(process.env.WIRING ?? '{}') as Omit<GatewayWiring, 'clock'>;
const lines = { stdout: process.stdout, stderr: process.stderr };
await startGateway(
  { ...wiring, clock: { now: () => Date.now() } },
  {
    log: (stream, line) => lines[stream as keyof typeof lines].write(`${line}\n`),
    signal: AbortSignal.timeout(10_000),
  },
);
