import type { TlsVersion } from '../../../../harness/model/tls.ts';
import { type Blame, type TlsFault, tlsFault } from './fault.ts';

/** TLS 1.0 and nothing newer, which RFC 8996 forbids. */
export const onlyTls10 = (blame: Blame = {}): TlsFault => only('TLSv1', '1.0', blame);

/** TLS 1.1 and nothing newer, which RFC 8996 forbids. */
export const onlyTls11 = (blame: Blame = {}): TlsFault => only('TLSv1.1', '1.1', blame);

function only(version: TlsVersion, written: string, blame: Blame): TlsFault {
  return tlsFault(`only-tls-${written}`, `the server speaks TLS ${written} and nothing newer`, blame, () => ({
    versions: { min: version, max: version },
  }));
}
