import type { JsonObject } from '../../../harness/model/json.ts';
import type { Client } from '../client.ts';
import type { Visit } from '../endpoint.ts';
import type { Form } from '../form.ts';

/** Answers a token request of a client that has proved itself. May throw a `Refusal` (RFC 6749 §5.2). */
export type Grant = (form: Form, client: Client, visit: Visit) => Promise<JsonObject>;
