import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { FailwellError } from '../../harness/model/error.ts';
import { systemClock } from '../clock/clock.ts';
import type { Authority, KeyAndCertificate } from '../pki/issued.ts';

/** What a server is served with, and the authority that clients must trust for it. */
export interface ServerCertificate extends AsyncDisposable {
  readonly tls: KeyAndCertificate;
  readonly authority: Authority;
  /** PEM; `file` lasts as long as the server. */
  readonly ca: { readonly pem: string; readonly file: string };
}

/** A certificate of an authority of its own, for these hosts and for loopback. */
export async function serverCertificate(hosts: readonly string[]): Promise<ServerCertificate> {
  const { createAuthority } = await import('../pki/authority.ts');
  const authority = await createAuthority({ clock: systemClock });
  const names = new Set(['localhost', '127.0.0.1', '::1', ...hosts.map((host) => host.replaceAll(/[[\]]/g, ''))]);
  const tls = await authority.issue({ hosts: [...names] });
  const folder = await mkdtemp(join(tmpdir(), 'failwell-idp-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, authority.caPem);
  return {
    tls,
    authority,
    ca: { pem: authority.caPem, file },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
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
