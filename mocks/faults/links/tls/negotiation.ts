import { type Blame, type TlsFault, tlsFault } from './fault.ts';

/** Whoever has no client certificate of the trusted authority is turned away (RFC 8446 §4.3.2). */
export function clientCertificateDemanded(blame: Blame = {}): TlsFault {
  return tlsFault('client-certificate-demanded', 'a client certificate is demanded', blame, () => ({
    demandsClientCertificate: true,
  }));
}

/** The server agrees to no protocol that a client offers (RFC 7301 §3.2); one that offers none is served. */
export function alpnMismatch(blame: Blame = {}): TlsFault {
  return tlsFault('alpn-mismatch', "the server knows none of the client's protocols", blame, () => ({
    alpn: ['failwell/none'],
  }));
}
