import type { HttpRequest } from '../../../harness/model/http.ts';
import { Refusal } from '../http/answer.ts';
import type { Form } from '../http/form.ts';
import { assertion } from './assertion.ts';
import type { Surroundings } from './attempt.ts';
import { clientSecretBasic } from './client-secret-basic.ts';
import { clientSecretPost } from './client-secret-post.ts';
import { none } from './none.ts';
import { methodsOf, type RegisteredClient } from './registration.ts';

export type { RegisteredClient } from './registration.ts';

/**
 * The client that sent this request, proved by the method that it registered (RFC 6749 §2.3). Rejects with a
 * `Refusal`: `invalid_client` when it is unknown, uses another method or fails to prove itself, `invalid_request` when
 * the request uses two methods or names two clients.
 */
export async function authenticate<C extends RegisteredClient>(
  request: HttpRequest,
  form: Form,
  at: Surroundings<C>,
): Promise<C> {
  const [attempt = none(form, request), second] = [
    clientSecretBasic(request),
    clientSecretPost(form),
    assertion(form),
  ].filter((given) => given !== undefined);
  if (second) throw new Refusal('invalid_request', 'Use one way of client authentication, not two');
  if (!attempt) throw new Refusal('invalid_client', 'Client authentication is missing');
  const { clientId, methods } = attempt;
  if ((form.get('client_id') ?? clientId) !== clientId)
    throw new Refusal('invalid_request', 'client_id differs from the client in Authorization');
  const client = at.clients.find(clientId);
  if (!client) throw new Refusal('invalid_client', 'The client is unknown');
  const method = methodsOf(client).find((registered) => methods.includes(registered));
  at.about.client = client.id;
  if (!at.insistsOn('authenticatesClients')) return client;
  if (!method) throw new Refusal('invalid_client', 'The client has not registered this way of authentication');
  await attempt.prove(client, method, at);
  return client;
}
