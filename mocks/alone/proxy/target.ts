import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FailwellError } from '../../../harness/model/error.ts';

/** Where a reverse proxy leads: an origin, and the path of an issuer there without a trailing slash. */
export interface Target {
  readonly origin: string;
  readonly path: string;
}

/** Rejects with a `FailwellError` (`usage`) for what is no place to lead to. */
export async function originOf(to: string): Promise<Target> {
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new FailwellError(
      'usage',
      `'${to}' is no target: write an http or https URL without user, query and fragment.`,
    );
  const hostname = url.hostname.replaceAll(/[[\]]/g, '');
  const there =
    isIP(hostname) > 0 ||
    (await lookup(hostname).then(
      () => true,
      () => false,
    ));
  if (!there) throw new FailwellError('usage', `There is no host ${hostname}: correct the target (--to).`);
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}
