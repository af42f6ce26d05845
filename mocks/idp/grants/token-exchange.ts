import { decided } from '../decision.ts';
import { Refusal } from '../http/answer.ts';
import { isPublic } from '../registration/client.ts';
import { granted, registeredScopes } from '../tokens/scope.ts';
import { actClaim, demandMayAct } from './exchange/acting.ts';
import { issueOf } from './exchange/issued.ts';
import { exchanged } from './exchange/presented.ts';
import { targets } from './exchange/targets.ts';
import { tokenTypes } from './exchange/types.ts';
import type { Grant, TokenRequest } from './grant.ts';

/**
 * RFC 8693: one token for another. Without an actor the client impersonates the subject, with one it acts for it (§1.1).
 * A token that is worth nothing is `invalid_request`, a target that is not known `invalid_target` (§2.2.2).
 */
export const tokenExchange: Grant = {
  type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  async answer(request) {
    const { form, client, visit } = request;
    // RFC 8693 §5: else a stolen token would be worth all tokens that there are for it.
    if (isPublic(client)) throw new Refusal('unauthorized_client', 'A public client may not exchange tokens');
    const [subjectToken, subjectType] = pair('subject', request);
    if (!subjectToken || !subjectType)
      throw new Refusal('invalid_request', 'subject_token and subject_token_type must both be there');
    const requested = form.get('requested_token_type') ?? tokenTypes.accessToken;
    const issue = issueOf(requested);
    if (!issue) throw new Refusal('invalid_request', 'requested_token_type is not supported');
    const audience = targets(form, visit);
    visit.about.token = subjectToken;
    const subject = await exchanged('subject_token', subjectToken, subjectType, request);
    const [actorToken, actorType] = pair('actor', request);
    const actor = actorToken && actorType ? await exchanged('actor_token', actorToken, actorType, request) : undefined;
    demandMayAct(subject, actor, client);
    const asked = granted(form.get('scope'), registeredScopes(client, subject.scope ?? visit.scopes, visit), visit);
    const scope = decided({ client: client.id, sub: subject.sub, scope: asked }, visit);
    const facts = { subject, scope, audience, claims: actClaim(subject, actor) };
    return { ...(await issue(facts, request)), issued_token_type: requested };
  },
};

/** A token and its type: both or none (RFC 8693 §2.1). */
function pair(who: 'subject' | 'actor', { form }: TokenRequest) {
  const [token, type] = [form.get(`${who}_token`), form.get(`${who}_token_type`)];
  if ((token === undefined) !== (type === undefined))
    throw new Refusal('invalid_request', `${who}_token and ${who}_token_type belong together`);
  return [token, type] as const;
}
