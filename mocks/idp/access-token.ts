import { FailwellError } from '../../harness/model/error.ts';
import type { Random } from '../../harness/model/fault.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import type { TokenDraft } from '../../harness/model/token.ts';
import { draftToken, forge } from '../forge/forge.ts';
import type { Visit } from './endpoint.ts';
import type { Family } from './families.ts';

/** What an access token is about. */
export interface AccessTokenFacts {
  readonly clientId: string;
  readonly sub: string;
  /** Space-delimited. */
  readonly scope: string;
  /** Whom it is for; the IdP's usual API when absent. */
  readonly audience?: string | readonly string[];
  /** Further claims: `auth_time`, `cnf`, `act`, … */
  readonly claims?: JsonObject;
}

/** A JWT access token (RFC 9068 §2). */
export function accessToken(facts: AccessTokenFacts, visit: Visit): Promise<string> {
  return forge(visit.through('access-token', draft(facts, visit, visit.random)));
}

/** What a client gets in its own name; its subject is the client itself (RFC 9068 §2.2). */
export const ownSubject = (clientId: string) => `subject-${clientId}`;

/** How the user logged in (RFC 9068 §2.2.1). */
export const authentication = ({ authTime, acr, amr }: Family): JsonObject => ({ auth_time: authTime, acr, amr });

/**
 * A token by recipe, for a client in its own name. Throws a `FailwellError` (`usage`) for an opaque one with flaws.
 */
export async function minted(recipe: TokenRecipe, clientId: string, visit: Visit, random: Random): Promise<string> {
  const { format, flaws, scope = visit.scopes.join(' ') } = recipe;
  const whole = visit.through('access-token', draft({ clientId, sub: ownSubject(clientId), scope }, visit, random));
  if (format === 'jwt') return forge(flaws.reduce((changed, flaw) => flaw.apply(changed, random), whole));
  if (flaws.length > 0)
    throw new FailwellError('usage', 'An opaque token has nothing to flaw: use format jwt, or break introspection');
  const token = random.hex(32);
  visit.tokens.keep(token, whole.payload as JsonObject);
  return token;
}

function draft({ clientId, sub, scope, audience, claims }: AccessTokenFacts, visit: Visit, random: Random): TokenDraft {
  const { issuer, attackerUrl, keyring } = visit;
  const drafted = draftToken({
    issuer,
    attackerUrl,
    audience: visit.audience,
    lifetime: visit.lifetime('accessToken'),
    published: visit.signingKeys() as typeof keyring.published,
    foreign: keyring.foreign,
    random,
    scope,
    subject: sub,
    clientId,
    now: visit.now() / 1000,
  });
  if (audience === undefined && claims === undefined) return drafted;
  return { ...drafted, payload: { ...(drafted.payload as JsonObject), ...(audience && { aud: audience }), ...claims } };
}
