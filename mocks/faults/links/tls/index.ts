/** Faults of the TLS handshake: `links.tls.expiredCertificate()`. */
export { missingIntermediate, pathLengthExceeded, selfSigned, unknownAuthority, wrongChainOrder } from './chain.ts';
export { alerts, handshakeHangs, handshakeResets, plaintext } from './handshake.ts';
export { commonNameOnly, wrongHost } from './names.ts';
export { alpnMismatch, clientCertificateDemanded } from './negotiation.ts';
export { revoked, wrongUsage } from './purpose.ts';
export { sha1Signature, weakKey } from './strength.ts';
export { expiredCertificate, expiredIntermediate, notYetValid } from './validity.ts';
export { onlyTls10, onlyTls11 } from './version.ts';
