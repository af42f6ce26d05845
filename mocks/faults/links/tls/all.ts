import type { TlsFault } from './fault.ts';
import * as tls from './index.ts';

/** Every fault of the TLS handshake, with its defaults. */
export const tlsFaults: readonly TlsFault[] = [
  tls.expiredCertificate(),
  tls.notYetValid(),
  tls.expiredIntermediate(),
  tls.selfSigned(),
  tls.unknownAuthority(),
  tls.wrongHost(),
  tls.commonNameOnly(),
  tls.missingIntermediate(),
  tls.wrongChainOrder(),
  tls.pathLengthExceeded(),
  tls.wrongUsage(),
  tls.revoked(),
  tls.weakKey(),
  tls.sha1Signature(),
  tls.onlyTls10(),
  tls.onlyTls11(),
  tls.handshakeHangs(),
  tls.handshakeResets(),
  tls.alerts(),
  tls.plaintext(),
  tls.clientCertificateDemanded(),
  tls.alpnMismatch(),
];
