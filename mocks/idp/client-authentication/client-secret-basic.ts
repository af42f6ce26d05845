import type { HttpRequest } from '../../../harness/model/http.ts';
import { Refusal } from '../http/answer.ts';
import { field } from '../http/form.ts';
import type { Attempt } from './attempt.ts';
import { checkSecret } from './secret.ts';

/** RFC 6749 §2.3.1: id and secret in `Authorization: Basic`. Throws a `Refusal` for any other scheme. */
export function clientSecretBasic(request: HttpRequest): Attempt | undefined {
  const value = field(request, 'authorization');
  if (value === undefined) return undefined;
  if (request.headers.filter(([name]) => name.toLowerCase() === 'authorization').length > 1)
    throw new Refusal('invalid_request', 'Authorization stands twice');
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(value) ?? [];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (id === undefined || secret === undefined) throw new Refusal('invalid_client', 'Authorization is not Basic');
  const given = decoded(secret);
  return {
    methods: ['client_secret_basic'],
    clientId: decoded(id),
    prove: (client) => checkSecret(client, given),
  };
}

/** RFC 6749 §2.3.1 and appendix B: both halves are form-urlencoded first. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Refusal('invalid_client', 'The credentials in Authorization are not form-urlencoded');
  }
}
