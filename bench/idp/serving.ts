import { setImmediate as turn } from 'node:timers/promises';
import { peak } from '../peak.ts';

/** Where a measured server answers. URLs. */
export interface Places {
  readonly token: string;
  readonly jwks: string;
}

/** What a server has used up since it started. */
export interface Used {
  /** Milliseconds of processor time, of all its threads. */
  readonly cpu: number;
  /** Bytes that live on, after a collection; and what the system has given it. */
  readonly heap: number;
  readonly resident: number;
  /** The most that the system ever gave it. Bytes. */
  readonly peak: number;
}

export type AskedOfServer = 'usage' | 'memory';

/** What every server grants its one client, and to whom. */
export const work = {
  client: { id: 'bench', secret: 'bench-secret-of-some-length-0123456789' },
  audience: 'https://api.example',
  scope: 'items:read items:write',
  /** Seconds. */
  lifetime: 3600,
} as const;

/** The algorithm that this server was started for. */
export const alg = process.argv[2] === 'RS256' ? 'RS256' : 'ES256';

/** Says that a server is up, and from then on what it has used. */
export function serving(places: object): void {
  process.on('message', async (asked: AskedOfServer) => {
    // Only when it is asked for, since the others would wait for it. What has a finaliser goes with the second one.
    for (let left = asked === 'memory' ? 2 : 0; left > 0; left -= 1) {
      globalThis.gc?.();
      await turn();
    }
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    const used: Used = { cpu: (user + system) / 1000, heap: heapUsed + external, resident: rss, peak: peak() * 1024 };
    process.send?.(used);
  });
  process.send?.(places);
}
