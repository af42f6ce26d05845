import type { IntermediatePlan } from '../../../../harness/model/tls.ts';
import { type Blame, chainFault, type TlsFault } from './fault.ts';

/** A correct intermediate. */
export const intermediate: IntermediatePlan = { valid: { from: -1, to: 365 }, hash: 'SHA-256' };

/** The server vouches for itself. */
export function selfSigned(blame: Blame = {}): TlsFault {
  return chainFault('self-signed', 'the certificate is signed by its own key', blame, () => ({ root: 'itself' }));
}

/** The chain ends in an authority that nobody knows, and shows it. */
export function unknownAuthority(blame: Blame = {}): TlsFault {
  return chainFault('unknown-authority', 'nobody knows the authority', blame, () => ({ root: 'unknown' }));
}

/** The intermediate is not sent. Browsers may know or fetch it; most other clients do not. */
export function missingIntermediate(blame: Blame = {}): TlsFault {
  return chainFault('missing-intermediate', 'the intermediate is not sent', blame, () => ({
    intermediates: [intermediate],
    shows: 'the leaf alone',
  }));
}

/** Two intermediates in the wrong order: TLS 1.2 forbids it (RFC 5246 §7.4.2), most clients put up with it. */
export function wrongChainOrder(blame: Blame = {}): TlsFault {
  return chainFault('wrong-chain-order', 'the intermediates are sent in the wrong order', blame, () => ({
    intermediates: [intermediate, intermediate],
    shows: 'all, in reverse order',
  }));
}

/** An intermediate below one that allows none below it (RFC 5280 §4.2.1.9). */
export function pathLengthExceeded(blame: Blame = {}): TlsFault {
  return chainFault('path-length-exceeded', 'the chain is longer than an authority allows', blame, () => ({
    intermediates: [{ ...intermediate, pathLength: 0 }, intermediate],
  }));
}
