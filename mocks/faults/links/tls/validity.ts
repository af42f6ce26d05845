import { intermediate } from './chain.ts';
import { type Blame, chainFault, leafFault, type TlsFault } from './fault.ts';

/** A certificate that ran out this many days ago (default: one). */
export function expiredCertificate({ days = 1, ...blame }: Blame & { readonly days?: number } = {}): TlsFault {
  const valid = { from: -days - 30, to: -days };
  return leafFault('expired-certificate', 'the certificate has expired', blame, { valid });
}

/** A certificate that becomes valid in this many days (default: one). */
export function notYetValid({ days = 1, ...blame }: Blame & { readonly days?: number } = {}): TlsFault {
  const valid = { from: days, to: days + 30 };
  return leafFault('not-yet-valid', 'the certificate is not valid yet', blame, { valid });
}

/** A valid certificate under an intermediate that ran out yesterday. */
export function expiredIntermediate(blame: Blame = {}): TlsFault {
  const valid = { from: -365, to: -1 };
  return chainFault('expired-intermediate', "the intermediate's certificate has expired", blame, () => ({
    intermediates: [{ ...intermediate, valid }],
  }));
}
