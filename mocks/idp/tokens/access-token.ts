import { FailwellError } from '../../../harness/model/error.ts';
import type { Random } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { TokenRecipe } from '../../../harness/model/step.ts';
import type { SigningKey, TokenDraft } from '../../../harness/model/token.ts';
import { draftToken, forge } from '../../forge/forge.ts';
import type { Visit } from '../endpoint.ts';
import type { Family } from './families.ts';
import { signingKeyFor } from './signing.ts';

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
  /** The client's format when absent. */
  readonly format?: 'jwt' | 'opaque';
}

/** An access token in the client's format: a JWT (RFC 9068 §2), or an opaque one that introspection knows. */
export async function accessToken(facts: AccessTokenFacts, visit: Visit): Promise<string> {
  const client = visit.clients.find(facts.clientId);
  const key = client?.accessTokenSigningAlg && (await signingKeyFor(client.accessTokenSigningAlg, visit));
  const whole = visit.through('access-token', draft(facts, visit, visit.random, key || undefined));
  return (facts.format ?? client?.accessTokenFormat ?? visit.accessTokenFormat) === 'opaque'
    ? opaque(whole, visit, visit.random)
    : forge(whole);
}

/** What a client gets in its own name; its subject is the client itself (RFC 9068 §2.2). */
export const ownSubject = (clientId: string) => `subject-${clientId}`;

/** How the user logged in (RFC 9068 §2.2.1). */
export const authentication = ({ authTime, acr, amr }: Family): JsonObject => ({ auth_time: authTime, acr, amr });

/**
 * A token by recipe, for this client in its own name when the recipe says nothing else. Throws a `FailwellError` (`usage`) for an opaque one with flaws.
 */
export async function minted(recipe: TokenRecipe, clientId: string, visit: Visit, random: Random): Promise<string> {
  const { format, flaws, scope = visit.scopes.join(' '), client = clientId, sub = ownSubject(client), claims } = recipe;
  const facts = { clientId: client, sub, scope, ...(claims && { claims }) };
  const whole = visit.through('access-token', draft(facts, visit, random));
  if (format === 'jwt') return forge(flaws.reduce((changed, flaw) => flaw.apply(changed, random), whole));
  if (flaws.length > 0)
    throw new FailwellError('usage', 'An opaque token has nothing to flaw: use format jwt, or break introspection.');
  return opaque(whole, visit, random);
}

/** What a JWT would say is what introspection says of it. */
function opaque({ payload }: TokenDraft, { tokens }: Visit, random: Random): string {
  const token = random.hex(32);
  tokens.keep(token, typeof payload === 'object' && payload !== null ? (payload as JsonObject) : {});
  return token;
}

/** @param key the one that signs; the issuer's usual one when absent */
function draft(
  { clientId, sub, scope, audience, claims }: AccessTokenFacts,
  visit: Visit,
  random: Random,
  key?: SigningKey,
): TokenDraft {
  const { issuer, attackerUrl, keyring } = visit;
  const keys = visit.signingKeys();
  const drafted = draftToken({
    issuer,
    attackerUrl,
    audience: visit.audience,
    lifetime: visit.lifetime('accessToken'),
    published: (key && key !== keys[0]
      ? [key, ...keys.filter((one) => one !== key)]
      : keys) as typeof keyring.published,
    get foreign() {
      return keyring.foreign;
    },
    random,
    scope,
    subject: sub,
    clientId,
    now: visit.now() / 1000,
  });
  const custom = { ...visit.clients.find(clientId)?.customClaims, ...visit.users.find(sub)?.customClaims };
  const payload = { ...custom, ...(drafted.payload as JsonObject), ...(audience && { aud: audience }), ...claims };
  return { ...drafted, payload };
}
