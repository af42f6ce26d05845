import type { JsonObject } from '../../../harness/model/json.ts';
import { Refusal } from '../http/answer.ts';
import { isPublic } from '../registration/client.ts';
import type { TokenRequest } from './grant.ts';

/**
 * What a new refresh token is bound to. Only that of a public client is: a confidential one proves itself anyway, and
 * may change its key (RFC 9449 §5, RFC 8705 §4).
 */
export const bindingFor = ({ client, confirmation }: TokenRequest): JsonObject | undefined =>
  isPublic(client) ? confirmation : undefined;

/** Throws a `Refusal` unless the request proves the keys that something was bound to. */
export function demandBinding(bound: JsonObject | undefined, { confirmation }: TokenRequest): void {
  for (const [member, value] of Object.entries(bound ?? {}))
    if (confirmation?.[member] !== value)
      throw new Refusal('invalid_grant', `It is bound to another key: ${member} differs`);
}
