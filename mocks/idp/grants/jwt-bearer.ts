import { audienceOf, grantedResources } from '../authorization/resources.ts';
import { decided } from '../decision.ts';
import type { Visit } from '../endpoint.ts';
import { Refusal } from '../http/answer.ts';
import type { Client } from '../registration/client.ts';
import { ownSubject } from '../tokens/access-token.ts';
import { granted, registeredScopes } from '../tokens/scope.ts';
import { JwtProblem } from '../tokens/signed-jwt.ts';
import { issuerOf, spendAssertion, trustedAssertion } from '../tokens/trusted-assertion.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/**
 * RFC 7523 §2.1: an assertion by a trusted issuer about a user, or by the client itself about a user or itself. Whatever
 * is wrong with it is `invalid_grant` (§3.1). There is no refresh token (RFC 7521 §4.1).
 */
export const jwtBearer: Grant = {
  type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  client: (form, { clients }) => clients.find(issuerOf(form.get('assertion') ?? '') ?? ''),
  async answer(request) {
    const { form, client, visit } = request;
    const jwt = form.get('assertion');
    if (!jwt) throw new Refusal('invalid_request', 'assertion is missing');
    visit.about.token = jwt;
    const sub = await subjectOf(jwt, client, visit).catch((problem: unknown) => {
      throw problem instanceof JwtProblem ? refused(problem.message) : problem;
    });
    const asked = granted(form.get('scope'), registeredScopes(client, visit.scopes, visit), visit);
    const scope = decided({ client: client.id, ...(sub !== undefined && { sub }), scope: asked }, visit);
    const facts = { clientId: client.id, sub: sub ?? ownSubject(client.id), scope };
    return tokenResponse({ ...facts, ...audienceOf(grantedResources(request)) }, request);
  },
};

/** The user whom it is about; `undefined` when a client speaks of itself. */
async function subjectOf(jwt: string, client: Client, visit: Visit): Promise<string | undefined> {
  const assertion = await trustedAssertion(jwt, client, visit);
  const itself = assertion.issuer === client.id && assertion.sub === client.id;
  const user = itself ? undefined : visit.users.hinted(assertion.sub);
  if (!itself && !user) throw new JwtProblem('sub names no user');
  // Last, so that one that is refused can be mended.
  spendAssertion(assertion, visit);
  return user?.sub;
}

const refused = (why: string) => new Refusal('invalid_grant', `The assertion is worth nothing: ${why}`);
