/** Whose fault a refusal is. Only a refusal that is the caller's carries a challenge (RFC 6750 §3). */
type Blame = 'caller' | 'idp' | 'api' | 'gateway';

interface Facts {
  readonly blame: Blame;
  readonly status: number;
  /** OAuth error code; a request without credentials gets none (RFC 6750 §3.1). */
  readonly code?: string;
  /** For the caller: the cause, and no inner address. Printable ASCII without quotes (RFC 6750 §3). */
  readonly says: string;
  /** For the operator: the cause, with observed and expected values. */
  readonly because: string;
  /** The scope that would have been enough. */
  readonly scope?: string;
  /** Milliseconds that the IdP asked to be left alone. */
  readonly retryAfter?: number;
}

/** Why a request is not served: thrown by the parts, answered and logged by the server. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly facts: Facts;

  constructor(facts: Facts) {
    super(facts.because);
    this.facts = facts;
  }
}

export function noCredentials(because: string): Refusal {
  return new Refusal({ blame: 'caller', status: 401, says: 'Send an access token: Authorization: Bearer', because });
}

export function badRequest(says: string, because = says, status = 400): Refusal {
  return new Refusal({ blame: 'caller', status, code: 'invalid_request', says, because });
}

export function invalidToken(says: string, because = says): Refusal {
  return new Refusal({ blame: 'caller', status: 401, code: 'invalid_token', says, because });
}

/** RFC 9449 §7.1. */
export function invalidProof(says: string, because = says): Refusal {
  return new Refusal({ blame: 'caller', status: 401, code: 'invalid_dpop_proof', says, because });
}

/** The gateway itself can take no more for now: nothing is said against the token. */
export function overloaded(because: string): Refusal {
  const says = 'the gateway is overloaded';
  return new Refusal({ blame: 'gateway', status: 503, code: 'temporarily_unavailable', says, because });
}

export function insufficientScope(scope: string, because: string): Refusal {
  const says = `insufficient scope: ${scope} is needed`;
  return new Refusal({ blame: 'caller', status: 403, code: 'insufficient_scope', says, because, scope });
}

/** The IdP did not give what a decision needs. The token has not been judged, so nothing is said against it. */
export function idpUnavailable(says: string, because: string, retryAfter?: number): Refusal {
  const wait = retryAfter === undefined ? {} : { retryAfter };
  return new Refusal({ blame: 'idp', status: 503, code: 'temporarily_unavailable', says, because, ...wait });
}

/** The API behind the gateway did not answer. The token was good. */
export function apiUnavailable(status: 502 | 504, says: string, because: string): Refusal {
  return new Refusal({ blame: 'api', status, code: status === 502 ? 'bad_gateway' : 'gateway_timeout', says, because });
}
