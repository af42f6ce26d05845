/**
 * How a container is made to trust the harness's authority: its certificate takes the place of the whole trust store
 * (a bundle in one file), or the system's own tool adds it when the container starts.
 */
export type Trust = { readonly file: string } | 'update-ca-certificates';

/** Where the authority's certificate lies in every container. */
export const caFile = '/etc/failwell/ca.pem';

/** The bundle that Debian's OpenSSL, GnuTLS and curl read. */
export const debianBundle: Trust = { file: '/etc/ssl/certs/ca-certificates.crt' };

/** Where the tool looks for what an administrator adds, update-ca-certificates(8). */
const added = '/usr/local/share/ca-certificates/failwell.crt';

/** What must lie where, and what must be done before the command, so that the container trusts `pem`. */
export function trusting(
  trust: Trust,
  pem: string,
): { readonly files: Readonly<Record<string, string>>; readonly entrypoint?: readonly string[] } {
  if (trust !== 'update-ca-certificates') return { files: { [caFile]: pem, [trust.file]: pem } };
  return {
    files: { [caFile]: pem, [added]: pem },
    entrypoint: ['/bin/sh', '-c', 'update-ca-certificates >/dev/null && exec "$@"', 'sh'],
  };
}
