/** How strongly a sentence binds (RFC 2119). */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** A sentence that somebody agreed to: an RFC's, a profile's, or Failwell's own practice catalogue's. */
export interface Requirement {
  /** `rfc6750/3.1/invalid-token`, `practice/operator-learns-cause`. */
  readonly id: string;
  readonly level: Level;
  /** Short, literal. */
  readonly quote: string;
  readonly href: string;
  /** Weakness ids: `CWE-613`. */
  readonly cwe?: readonly string[];
  /** OWASP ASVS 5.0 requirement ids: `9.2.1`. */
  readonly asvs?: readonly string[];
}
