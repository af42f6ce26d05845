import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { FailwellError } from '../../harness/model/error.ts';
import { systemClock } from '../clock/clock.ts';
import type { Authority, KeyAndCertificate } from '../pki/issued.ts';
import { keptRoot } from './kept-root.ts';

/** The authority of a server: clients must trust it. */
export interface ServerAuthority extends AsyncDisposable {
  readonly authority: Authority;
  /** PEM; unless it is kept, `file` lasts as long as the server. */
  readonly ca: { readonly pem: string; readonly file: string };
}

/** What a server is served with, and whose it is. */
export interface ServerCertificate extends ServerAuthority {
  readonly tls: KeyAndCertificate;
}

/** A new authority, or the one that is kept in a folder, made when there is none yet. */
export async function serverAuthority(folder?: string): Promise<ServerAuthority> {
  await using opening = new AsyncDisposableStack();
  const kept = folder === undefined ? undefined : await keptRoot(folder);
  const { openAuthority } = await import('../pki/open-authority.ts');
  const authority = opening.use(await openAuthority({ clock: systemClock, root: kept?.root }));
  const file = kept?.file ?? opening.use(await temporary(authority.caPem)).file;
  const cleanup = opening.move();
  return {
    authority,
    ca: { pem: authority.caPem, file },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

async function temporary(pem: string): Promise<AsyncDisposable & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-ca-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, pem);
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** A certificate for these hosts and for loopback. */
export async function serverCertificate(hosts: readonly string[], folder?: string): Promise<ServerCertificate> {
  const own = await serverAuthority(folder);
  const names = new Set(['localhost', '127.0.0.1', '::1', ...hosts.map((host) => host.replaceAll(/[[\]]/g, ''))]);
  return { ...own, tls: await own.authority.issue({ hosts: [...names] }) };
}

/** Throws a `FailwellError` (`usage`) for what no server can use. */
export function checkCertificate(given: KeyAndCertificate): KeyAndCertificate {
  try {
    createSecureContext(given);
    return given;
  } catch (cause) {
    const todo = 'give a certificate and the key that it was made for, both in PEM';
    throw new FailwellError('usage', `The certificate cannot be used (${(cause as Error).message}): ${todo}.`, {
      cause,
    });
  }
}
