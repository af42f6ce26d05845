import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FailwellError } from '../../harness/model/error.ts';
import { systemClock } from '../clock/clock.ts';
import type { KeyAndCertificate } from '../pki/issued.ts';

/** An authority that outlives its server, so that it need be trusted only once. */
interface KeptRoot {
  readonly root: KeyAndCertificate;
  /** Its certificate. */
  readonly file: string;
}

/**
 * The authority in a folder: `ca.pem`, and `ca-key.pem` that only this user may read. Both are made when neither is
 * there. Rejects with a `FailwellError` (`usage`) for what cannot be used.
 */
export async function keptRoot(folder: string): Promise<KeptRoot> {
  const [file, keyFile] = [resolve(folder, 'ca.pem'), resolve(folder, 'ca-key.pem')];
  const unusable = (why: string, cause?: unknown) =>
    new FailwellError('usage', `The authority in ${folder} ${why}.`, { cause });
  const [cert, key] = await Promise.all([file, keyFile].map(readIfThere)).catch((problem) => {
    throw unusable(`cannot be read (${(problem as Error).message}): name a folder of your own`, problem);
  });
  if (cert === undefined && key === undefined) {
    const { createRoot } = await import('../pki/authority.ts');
    const root = await createRoot(systemClock);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Never readable by others, not even for a moment, and never in the place of another.
      await using handle = await open(keyFile, 'wx', 0o600);
      await handle.writeFile(root.key);
      await writeFile(file, root.cert);
    } catch (problem) {
      throw unusable(`cannot be written (${(problem as Error).message}): name a folder of your own`, problem);
    }
    return { root, file };
  }
  if (cert === undefined || key === undefined)
    throw unusable(`lacks ${cert === undefined ? 'ca.pem' : 'ca-key.pem'}: delete the other file, too, for a new one`);
  check(cert, key, unusable);
  // Whoever has it can be any host to whom trusts it.
  if (process.platform !== 'win32' && ((await stat(keyFile)).mode & 0o077) !== 0) await chmod(keyFile, 0o600);
  return { root: { cert, key }, file };
}

function check(cert: string, key: string, unusable: (why: string, cause?: unknown) => FailwellError): void {
  let fits: boolean;
  let until: Date;
  try {
    const certificate = new X509Certificate(cert);
    const own = createPrivateKey(key);
    fits = certificate.ca && certificate.checkPrivateKey(own) && own.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    until = certificate.validToDate;
  } catch (cause) {
    throw unusable('is not in PEM: delete ca.pem and ca-key.pem for a new one', cause);
  }
  if (!fits) throw unusable('was not made by Failwell: name another folder');
  if (until.getTime() < Date.now()) throw unusable('has expired: delete ca.pem and ca-key.pem for a new one');
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw problem;
  }
}
