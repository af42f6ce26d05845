import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import type { Json } from '../../../harness/model/json.ts';

/** A JSON answer. */
export function json(status: number, value: Json, headers: Headers = []): HttpAnswer {
  return {
    status,
    headers: [['content-type', 'application/json'], ...headers],
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** What carries a token or a secret must not be stored (RFC 6749 §5.1). */
export const unstored: Headers = [
  ['cache-control', 'no-store'],
  ['pragma', 'no-cache'],
];

/** The error codes of RFC 6749 §5.2, and of RFC 7009 §2.2.1, RFC 8628 §3.5, RFC 8693 §2.2.2, RFC 9396 §5 and CIBA Core §13. */
export type ErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'access_denied'
  | 'invalid_target'
  | 'invalid_authorization_details'
  | 'expired_login_hint_token'
  | 'unknown_user_id'
  | 'missing_user_code'
  | 'invalid_user_code'
  | 'invalid_binding_message';

/** A refusal on its way up to the endpoint, which answers with it (RFC 6749 §5.2). */
export class Refusal extends Error {
  answer: HttpAnswer;

  /** A refusal in other words than the usual ones. */
  static with(answer: HttpAnswer): Refusal {
    const refusal = new Refusal('invalid_request', '');
    refusal.answer = answer;
    return refusal;
  }

  constructor(error: ErrorCode, description: string) {
    super(description);
    // RFC 9110 §15.5.2: a 401 names a scheme, and RFC 6749 §5.2 wants the one that the client used; only Basic has one.
    const challenge: Headers =
      error === 'invalid_client' ? [['www-authenticate', 'Basic realm="idp", charset="UTF-8"']] : [];
    const status = error === 'invalid_client' ? 401 : 400;
    this.answer = json(status, { error, error_description: description }, [...unstored, ...challenge]);
  }
}

/** Any other method than these is answered with 405 and `Allow` (RFC 9110 §15.5.6). */
export function methodNotAllowed(allowed: string): HttpAnswer {
  const body = { error: 'invalid_request', error_description: `Method not allowed: use ${allowed}` };
  return json(405, body, [['allow', allowed], ...unstored]);
}
