import { type Blame, leafFault, type TlsFault } from './fault.ts';

/** An RSA key of 1024 bits, too short since 2013 (NIST SP 800-131A). */
export function weakKey(blame: Blame = {}): TlsFault {
  return leafFault('weak-key', 'the key is RSA with 1024 bits', blame, { key: 'RSA 1024' });
}

/** A certificate signed with SHA-1, which TLS 1.3 forbids (RFC 8446 §4.4.2.4). */
export function sha1Signature(blame: Blame = {}): TlsFault {
  return leafFault('sha1-signature', 'the certificate is signed with SHA-1', blame, { hash: 'SHA-1' });
}
