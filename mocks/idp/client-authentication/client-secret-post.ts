import { Refusal } from '../http/answer.ts';
import type { Form } from '../http/form.ts';
import type { Attempt } from './attempt.ts';
import { checkSecret } from './secret.ts';

/** RFC 6749 §2.3.1: id and secret in the body, never in the URL. Throws a `Refusal` for a secret alone. */
export function clientSecretPost(form: Form): Attempt | undefined {
  const secret = form.get('client_secret');
  if (secret === undefined) return undefined;
  const clientId = form.get('client_id');
  if (clientId === undefined) throw new Refusal('invalid_client', 'client_secret has no client_id with it');
  return { methods: ['client_secret_post'], clientId, prove: (client) => checkSecret(client, secret) };
}
