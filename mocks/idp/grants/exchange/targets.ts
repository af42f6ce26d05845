import { wrongResource } from '../../authorization/resources.ts';
import type { Visit } from '../../endpoint.ts';
import { Refusal } from '../../http/answer.ts';
import type { Form } from '../../http/form.ts';

/**
 * Whom the new token is for (RFC 8693 §2.1): APIs by their URIs or, as an `audience`, registered clients by their ids;
 * `undefined` when nobody is named. Throws a `Refusal` (`invalid_target`) for anybody else (§2.2.2).
 */
export function targets(form: Form, visit: Visit): string | readonly string[] | undefined {
  const resources = form.getAll('resource');
  const wrong = wrongResource(resources, visit);
  if (wrong) throw new Refusal('invalid_target', wrong);
  const audiences = form.getAll('audience');
  if (audiences.some((one) => wrongResource([one], visit) && !visit.clients.find(one)))
    throw new Refusal('invalid_target', 'audience is not known here');
  const named = [...new Set([...resources, ...audiences])];
  return named.length > 1 ? named : named[0];
}
