import type { ChainPlan } from '../../harness/model/tls.ts';

// Types alone, without those of the library that makes certificates: users' declarations lead here.

/** A private key and its certificate (followed by any intermediates), both PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** What a server certificate says. Dates default to a day ago and 30 days ahead, by the clock that was given. */
export interface LeafOptions {
  /** DNS names and IP addresses, for the subjectAltName (RFC 9525 §6.3 leaves the common name out of account). */
  readonly hosts: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Default: the first host. */
  readonly commonName?: string;
}

/** What a server shows of itself. */
export interface IssuedChain extends KeyAndCertificate {
  /** An OCSP response for its leaf (RFC 6066 §8); DER. */
  readonly staple?: Uint8Array;
}

/** Where an authority tells what it has revoked: http URLs. */
export interface RevocationUrls {
  /** Its list (RFC 5280 §4.2.1.13). */
  readonly list: string;
  /** RFC 6960 §A.1. */
  readonly ocsp: string;
}

/** A certificate authority of one stage. Its key never leaves it. */
export interface Authority {
  /** Its own certificate. */
  readonly caPem: string;
  /** A new EC P-256 key and a certificate for it, signed by this authority (RFC 5280). */
  issue(options: LeafOptions): Promise<KeyAndCertificate>;
  /** New keys and certificates for these hosts with every flaw of the plan. */
  issueChain(plan: ChainPlan, hosts: readonly string[]): Promise<IssuedChain>;
  /** The same authority, whose certificates say that their revocation is asked about there. */
  telling(urls: RevocationUrls): Authority;
  /** The list of what it has itself issued and revoked (RFC 5280 §5), PEM; valid for a day. */
  revocationList(): Promise<string>;
  /** Answers an OCSP request about what it has itself issued (RFC 6960); both DER. */
  ocspResponse(request: Uint8Array): Buffer;
}
