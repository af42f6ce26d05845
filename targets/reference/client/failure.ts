import { Refusal } from '../gateway/refusal.ts';

interface Facts {
  /** OAuth error code, or one of the client's own. */
  readonly code: string;
  /** For the user: which kind of failure it is, and nothing from inside. */
  readonly says: string;
  /** For the operator: the cause, with observed and expected values. */
  readonly because: string;
}

/** Why an instruction was not carried out: thrown by the parts, answered and logged by the client. */
export class Failure extends Error {
  override readonly name = 'ClientFailure';
  readonly facts: Facts;

  constructor(facts: Facts) {
    super(facts.because);
    this.facts = facts;
  }
}

const meanings: { readonly [error: string]: string } = {
  invalid_request: 'the token request is invalid',
  invalid_client: 'client authentication failed',
  unauthorized_client: 'the client may not use this grant',
  invalid_grant: 'the code or refresh token is not accepted',
  unsupported_grant_type: 'the grant type is not supported',
  invalid_scope: 'the scope is not allowed',
  access_denied: 'the user or a policy said no',
  server_error: 'something went wrong there',
  temporarily_unavailable: 'it is overloaded or rate limited, try again later',
  interaction_required: 'the user must do something there',
  login_required: 'the user must log in there',
  consent_required: 'the user must consent there',
  unmet_authentication_requirements: 'a stronger login is wanted, step-up required',
};

/** An error code of the IdP's in words (RFC 6749 §4.1.2.1 and §5.2, OIDC Core §3.1.2.6). */
export const meaningOf = (code: string) => meanings[code] ?? 'an unknown error code';

export const failure = (code: string, says: string, because: string) => new Failure({ code, says, because });

/** The response that the browser brought is not the one to this client's request. */
export const notOurs = (says: string, because: string) =>
  failure('invalid_authorization_response', says, `authorization response refused: ${because}`);

export const badIdToken = (says: string, because: string) =>
  failure(
    'invalid_id_token',
    `the ID token of the identity provider is not acceptable: ${says}`,
    `ID token refused: ${because}`,
  );

export const badTokenAnswer = (says: string, because: string) =>
  failure('invalid_token_response', `the token response of the identity provider is not usable: ${says}`, because);

/** Whatever was thrown, as a failure. What comes of the parts that the gateway uses, too, is about the IdP. */
export function classify(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Refusal) {
    const { blame, says, because } = error.facts;
    return blame === 'idp' ? failure('idp_unavailable', says, because) : badIdToken(says, because);
  }
  const because = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return failure('internal_error', 'something went wrong in this application', `internal error: ${because}`);
}
