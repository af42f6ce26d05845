import type { Parameters, ResponseMode } from '../../../harness/model/issuing.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { Client } from '../registration/client.ts';

/** Where an authorization response goes, and what it carries in any case. */
export interface ReplyTo {
  readonly client: Client;
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  /** It goes as a JWT (JARM §2.3). */
  readonly asJwt: boolean;
  readonly state: string | undefined;
}

/** For the user and never for the client: who the client is, or where it wants its answer, is not certain. */
export class PageError extends Error {
  readonly error: string;

  constructor(description: string, error = 'invalid_request') {
    super(description);
    this.error = error;
  }
}

/** For the client, by redirection (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6). */
export class RedirectError extends Error {
  readonly error: string;
  readonly replyTo: ReplyTo;
  /** Further parameters of the response. */
  readonly more: Parameters;

  constructor(error: string, description: string, replyTo: ReplyTo, more: Parameters = {}) {
    super(description);
    this.error = error;
    this.replyTo = replyTo;
    this.more = more;
  }

  /** From the members of an error response. */
  static of({ error, error_description, ...others }: JsonObject, replyTo: ReplyTo): RedirectError {
    const more = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
    return new RedirectError(String(error), String(error_description ?? ''), replyTo, more);
  }
}

/** Ends an authorization request with an error for the client. */
export type Refuse = (error: string, description: string) => never;
