import { type Blame, leafFault, type TlsFault } from './fault.ts';

/** A certificate that is good for clients alone (RFC 5280 §4.2.1.12). */
export function wrongUsage(blame: Blame = {}): TlsFault {
  return leafFault('wrong-usage', 'the certificate is for TLS clients', blame, { usage: 'client' });
}

/**
 * A certificate that its authority revoked an hour ago. A stapled OCSP response (RFC 6066 §8) and the authority's
 * revocation list say so; a client that asks for neither goes on.
 */
export function revoked(blame: Blame = {}): TlsFault {
  return leafFault('revoked', 'the certificate is revoked', blame, { revoked: true });
}
