import { type Blame, type TlsFault, tlsFault } from './fault.ts';

/** The ClientHello is taken, and nothing comes back. */
export function handshakeHangs(blame: Blame = {}): TlsFault {
  return tlsFault('handshake-hang', 'the handshake is never answered', blame, () => ({ how: { go: 'hang' } }));
}

/** A TCP reset in the middle of the ServerHello. */
export function handshakeResets(blame: Blame = {}): TlsFault {
  return tlsFault('handshake-reset', 'the connection is reset in the handshake', blame, () => ({
    how: { go: 'reset' },
  }));
}

/** A fatal alert instead of a ServerHello (RFC 8446 §6.2). Default: 40, handshake_failure. */
export function alerts({ description = 40, ...blame }: Blame & { readonly description?: number } = {}): TlsFault {
  return tlsFault(`alert-${description}`, `the fatal alert ${description} answers the ClientHello`, blame, () => ({
    how: { go: 'alert', description },
  }));
}

/** Something that speaks HTTP without TLS sits on the port. */
export function plaintext(blame: Blame = {}): TlsFault {
  return tlsFault('plaintext', 'the port speaks HTTP without TLS', blame, () => ({ how: { go: 'plaintext' } }));
}
