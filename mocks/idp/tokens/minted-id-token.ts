import { FailwellError } from '../../../harness/model/error.ts';
import type { Fault, Random } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { forge } from '../../forge/forge.ts';
import type { Visit } from '../endpoint.ts';
import { draftFor, idTokenAlgorithm } from './signing.ts';

/** How to make an ID token without a login: a valid one, made wrong by these flaws, in this order. */
export interface IdTokenRecipe {
  /** Id of the client that it is for; the IdP's first one when absent. */
  readonly client?: string;
  /** Subject identifier; that of the first user when absent. */
  readonly sub?: string;
  /** Further claims (`nonce`, …), or others in place of the usual ones. */
  readonly claims?: JsonObject;
  readonly flaws: readonly Fault<'access-token' | 'id-token'>[];
}

/** Throws a `FailwellError` (`usage`) for a client that is not there. */
export async function mintedIdToken(recipe: IdTokenRecipe, visit: Visit, random: Random): Promise<string> {
  const { client: id = visit.clients.first().id, sub = visit.users.first().sub, claims, flaws } = recipe;
  const client = visit.clients.find(id);
  if (!client) throw new FailwellError('usage', `There is no client '${id}': mint for one of the option 'clients'.`);
  const now = Math.floor(visit.now() / 1000);
  const payload = {
    ...visit.users.find(sub)?.customClaims,
    iss: visit.issuer,
    sub,
    aud: client.id,
    exp: now + visit.lifetime('idToken'),
    iat: now,
    auth_time: now,
    acr: visit.acrs[0],
    amr: ['pwd'],
    ...claims,
  };
  const draft = await draftFor(client, { alg: idTokenAlgorithm(client, visit), typ: 'JWT', payload }, visit);
  return forge(flaws.reduce((changed, flaw) => flaw.apply(changed, random), visit.through('id-token', draft)));
}
