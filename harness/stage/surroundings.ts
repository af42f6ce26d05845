import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../mocks/clock/clock.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { openAuthority } from '../../mocks/pki/open-authority.ts';
import type { Driver } from '../model/target.ts';
import type { Clock } from '../model/time.ts';
import type { Keep } from '../record/recorder.ts';

/** What all stages of a run share: a certificate authority and one leaf for loopback. */
export interface Surroundings extends AsyncDisposable {
  readonly ca: { readonly pem: string; readonly file: string };
  readonly tls: { readonly key: string; readonly cert: string };
  /** Issues the certificates of the links, which say where on loopback to ask whether they are revoked. */
  readonly authority: Authority;
  readonly clock: Clock;
  /** Where a target may serve. */
  readonly hosts: readonly string[];
  /** Is given what the record must not hold. */
  readonly keep?: Keep;
  /** Opens what the stages of a driver share, unless it is open already; it is closed with the surroundings. */
  share(driver: Pick<Driver, 'share'>, signal: AbortSignal): Promise<void>;
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Loopback, and what a target that lives elsewhere may call the parties (RFC 6761 §6.2). */
export const servedNames = ['127.0.0.1', 'localhost', '*.failwell.test'];

/**
 * Makes a CA, and writes its certificate to a temporary file for targets that read one.
 * @param hosts where a target may serve besides loopback
 */
export async function createSurroundings(hosts: readonly string[] = [], keep?: Keep): Promise<Surroundings> {
  const authority = await openAuthority({ clock: systemClock });
  const tls = await authority.issue({ hosts: servedNames });
  const folder = await mkdtemp(join(tmpdir(), 'failwell-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, authority.caPem);
  const shares = new Map<Pick<Driver, 'share'>, Promise<AsyncDisposable>>();
  return {
    ca: { pem: authority.caPem, file },
    tls,
    authority,
    clock: systemClock,
    hosts: [...loopback, ...hosts],
    ...(keep && { keep }),
    async share(driver, signal) {
      if (driver.share === undefined) return;
      const open = shares.get(driver) ?? driver.share(signal);
      shares.set(driver, open);
      try {
        await open;
      } catch (error) {
        // The next stage may have more luck.
        shares.delete(driver);
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      const opened = await Promise.allSettled(shares.values());
      for (const share of opened) if (share.status === 'fulfilled') await share.value[Symbol.asyncDispose]();
      await authority[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
