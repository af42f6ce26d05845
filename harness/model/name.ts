/** What a name server says of a name (RFC 1035 §4.1.1). */
export type NameCode = 'NOERROR' | 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED';

/** How a question for a name is answered. The seam of every DNS fault. */
export interface NamePlan {
  readonly code: NameCode;
  /** IPv4 and IPv6, as far as the question asks for them; none unless the code is `NOERROR`. */
  readonly addresses: readonly string[];
  /** For how many seconds whoever asks may remember the answer; 0 when nothing is broken. */
  readonly ttl: number;
  /** Milliseconds before the answer; `Infinity` for none at all. */
  readonly delay: number;
}
