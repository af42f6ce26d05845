import { readFile } from 'node:fs/promises';
import { FailwellError } from '../model/error.ts';

/** What a command says of the certificate that it serves with. */
export interface TlsFlags {
  readonly tls?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** Rejects with a `FailwellError` (`usage`) for half of it, and for files that are not there. */
export async function tlsOf({ tls, tlsCert, tlsKey }: TlsFlags) {
  if (tlsCert === undefined && tlsKey === undefined) return tls;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new FailwellError('usage', '--tls-cert and --tls-key go together: give both, or --tls alone.');
  const read = (file: string) =>
    readFile(file, 'utf8').catch((cause) => {
      throw new FailwellError('usage', `${file} could not be read: name a PEM file.`, { cause });
    });
  return { cert: await read(tlsCert), key: await read(tlsKey) };
}
