import { type Command, Option } from 'commander';
import type { AdminOptions } from '../admin/server.ts';
import { whole } from './values.ts';

/** What every command says of its admin API. */
export interface AdminFlags {
  /** `false` by `--no-admin`. */
  readonly admin: boolean;
  readonly adminPort?: number;
  readonly adminHost?: string;
  readonly adminSecret?: string;
}

export const addAdminFlags = (command: Command): Command =>
  command
    .option('--no-admin', 'without the admin API')
    .option('--admin-port <number>', 'where the admin API listens (default: the port after --port)', whole(0, 65_535))
    .option('--admin-host <name>', 'anywhere but on loopback it needs a secret (default: localhost)')
    .addOption(
      new Option('--admin-secret <text>', 'what callers of the admin API must send as a bearer token').env(
        'FAILWELL_ADMIN_SECRET',
      ),
    );

/** @param said what a config says of it, which flags go before */
export function adminOf(flags: AdminFlags, port: number, said: boolean | AdminOptions = true): false | AdminOptions {
  if (!flags.admin || said === false) return false;
  const { adminHost: host, adminPort, adminSecret: secret } = flags;
  return {
    port: adminPort ?? (port === 0 || port === 65_535 ? 0 : port + 1),
    ...(said === true ? {} : said),
    ...(adminPort !== undefined && { port: adminPort }),
    ...(host !== undefined && { host }),
    ...(secret !== undefined && { secret }),
  };
}
