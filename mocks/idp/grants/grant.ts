import type { JsonObject } from '../../../harness/model/json.ts';
import type { Household, Visit } from '../endpoint.ts';
import type { Form } from '../http/form.ts';
import type { Client } from '../registration/client.ts';

/** A token request of a client that has proved itself and may use this grant. */
export interface TokenRequest {
  readonly form: Form;
  readonly client: Client;
  readonly visit: Visit;
  /** What its tokens are bound to, as `cnf` says it (RFC 7800 §3.1); `undefined` for bearer tokens. */
  readonly confirmation?: JsonObject | undefined;
}

/** A way to get tokens. */
export interface Grant {
  /** Its `grant_type`. */
  readonly type: string;
  /** Whether this IdP offers it; it does when absent. */
  offered?(household: Pick<Household, 'legacy'>): boolean;
  /**
   * Who asks, for a request that names no client and proves none, because what it presents says so and `answer` proves
   * it (RFC 7521 §4.1).
   */
  client?(form: Form, visit: Visit): Client | undefined;
  /** The successful response (RFC 6749 §5.1). May throw a `Refusal` (§5.2). */
  answer(request: TokenRequest): Promise<JsonObject>;
}
