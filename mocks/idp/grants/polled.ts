import type { JsonObject } from '../../../harness/model/json.ts';
import { json, Refusal, unstored } from '../http/answer.ts';
import { firstTokens } from './first-tokens.ts';
import type { TokenRequest } from './grant.ts';
import { extentOf } from './user-tokens.ts';

/**
 * The tokens for what a user was asked on another device, once that user has said yes (RFC 8628 §3.5, CIBA Core §11).
 * Throws a `Refusal`: `authorization_pending` or `slow_down` until something was said, then `access_denied`, or
 * `expired_token` when nothing was, and `invalid_grant` for what this client may not use, or not twice.
 * @param name the parameter that says what was asked
 */
export async function polled(name: string, grant: string, request: TokenRequest): Promise<JsonObject> {
  const { form, client, visit } = request;
  const id = form.get(name);
  if (!id) throw new Refusal('invalid_request', `${name} is missing`);
  visit.about.token = id;
  const waiting = visit.pending.find(id);
  if (waiting?.request.grant !== grant) throw new Refusal('invalid_grant', `${name} is unknown`);
  if (waiting.request.clientId !== client.id && visit.insistsOn('bindsCodes'))
    throw new Refusal('invalid_grant', `${name} is not one of this client`);
  if (waiting.used && visit.insistsOn('codesSingleUse')) throw new Refusal('invalid_grant', `${name} was used before`);
  const { outcome } = waiting;
  const now = visit.now();
  if (now >= waiting.request.expires) throw new Refusal('expired_token', `${name} has expired`);
  if (!outcome && visit.pending.tooSoon(id, now))
    throw new Refusal('slow_down', 'Too soon after the last poll: wait 5 seconds longer from now on');
  if (!outcome) throw new Refusal('authorization_pending', 'The user has not decided yet');
  if ('refusal' in outcome) throw Refusal.with(json(outcome.status, outcome.refusal, unstored));
  const extent = extentOf(outcome.family, request);
  // Before anything is awaited, so that of two requests at once only one gets tokens.
  visit.pending.spend(id);
  return firstTokens(outcome.family, extent, request);
}
