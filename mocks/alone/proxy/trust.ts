import { readFile } from 'node:fs/promises';
import { createSecureContext, getCACertificates } from 'node:tls';
import { FailwellError } from '../../../harness/model/error.ts';

/** Whom to believe at the far end. */
export interface Trust {
  readonly ca?: readonly string[];
  readonly trustsAnybody?: true;
}

/**
 * The authorities that Node and this machine trust, and those of a file (PEM). Rejects with a `FailwellError`
 * (`usage`) for a file that holds none.
 */
export async function trustIn(file: string | undefined, insecure: boolean): Promise<Trust> {
  if (insecure) return { trustsAnybody: true };
  const given = file === undefined ? [] : [await certificatesIn(file)];
  return { ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...given])] };
}

async function certificatesIn(file: string): Promise<string> {
  const refuse = (why: string, cause?: unknown) =>
    new FailwellError('usage', `${file} ${why}: name a PEM file.`, { cause });
  const pem = await readFile(file, 'utf8').catch((cause) => {
    throw refuse('could not be read', cause);
  });
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw refuse('holds no certificate');
  try {
    createSecureContext({ ca: pem });
  } catch (cause) {
    throw refuse('holds no certificate that can be read', cause);
  }
  return pem;
}
