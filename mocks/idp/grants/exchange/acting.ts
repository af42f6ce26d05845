import type { JsonObject } from '../../../../harness/model/json.ts';
import { Refusal } from '../../http/answer.ts';
import type { Client } from '../../registration/client.ts';
import { ownSubject } from '../../tokens/access-token.ts';
import type { PresentedToken } from './presented.ts';

/** Deeper chains are refused: each exchange may add one, and nothing else bounds a token's size. */
const deepest = 10;

/** `act` of the new token: the actor, and whoever acted before (RFC 8693 §4.1). Impersonation adds nobody. */
export function actClaim(subject: PresentedToken, actor: PresentedToken | undefined): JsonObject {
  const before = objectOf(subject.claims.act);
  if (depth(before) >= deepest) throw new Refusal('invalid_request', 'subject_token has gone through too many actors');
  if (!actor) return before ? { act: before } : {};
  const { client_id: clientId } = actor.claims;
  return {
    act: {
      sub: actor.sub,
      ...(typeof clientId === 'string' && { client_id: clientId }),
      ...(before && { act: before }),
    },
  };
}

/**
 * RFC 8693 §4.4: a subject token that says who may act for its subject means everybody else may not; a client without
 * an actor token would act itself. Throws a `Refusal`.
 */
export function demandMayAct(subject: PresentedToken, actor: PresentedToken | undefined, client: Client): void {
  const mayAct = objectOf(subject.claims.may_act);
  if (!mayAct) return;
  const itself = { sub: [client.id, ownSubject(client.id)], client_id: [client.id], iss: [mayAct.iss] };
  const by = actor ? { sub: [actor.sub], client_id: [actor.claims.client_id], iss: [actor.claims.iss] } : itself;
  const fits = Object.entries(by).every(
    ([name, values]) => !(name in mayAct) || values.includes(mayAct[name] as never),
  );
  if (!fits || !('sub' in mayAct || 'client_id' in mayAct))
    throw new Refusal('invalid_request', 'may_act of subject_token names another actor');
}

const objectOf = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

const depth = (act: JsonObject | undefined): number => (act ? 1 + depth(objectOf(act.act)) : 0);
