import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Driver, Place } from '../model/target.ts';

/** Names of the parties that a driver on this machine asks the harness for, so that they can be broken. */
export const byName: Pick<Driver, 'reach' | 'brings'> = {
  brings: ['dns'],
  async reach() {
    return {
      listen: '127.0.0.1',
      hostOf: (party) => `${party}.failwell.test`,
      names: { host: '127.0.0.1', port: 0 },
    };
  },
};

/** Lets a Node process ask there: it loads a module first that takes the place of `dns.lookup`. */
export function nodeNames({ names }: Place): Readonly<Record<string, string>> {
  if (names === undefined) return {};
  const [, ending] = /(\.[jt]s)$/.exec(fileURLToPath(import.meta.url)) ?? [];
  const preload = pathToFileURL(fileURLToPath(new URL(`./node-lookup${ending}`, import.meta.url)));
  return { FAILWELL_NAMES: names.address, NODE_OPTIONS: `--import=${preload.href}` };
}
