import type { JsonObject } from '../../../harness/model/json.ts';
import type { Client } from '../client.ts';
import type { Visit } from '../endpoint.ts';
import type { Form } from '../form.ts';

/** A token request of a client that has proved itself and may use this grant. */
export interface TokenRequest {
  readonly form: Form;
  readonly client: Client;
  readonly visit: Visit;
}

/** A way to get tokens. */
export interface Grant {
  /** Its `grant_type`. */
  readonly type: string;
  /** The successful response (RFC 6749 §5.1). May throw a `Refusal` (§5.2). */
  answer(request: TokenRequest): Promise<JsonObject>;
}
