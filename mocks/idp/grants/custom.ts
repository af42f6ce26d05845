import { FailwellError } from '../../../harness/model/error.ts';
import type { Parameters } from '../../../harness/model/issuing.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { decided } from '../decision.ts';
import { json, Refusal, unstored } from '../http/answer.ts';
import type { Client } from '../registration/client.ts';
import { ownSubject } from '../tokens/access-token.ts';
import { granted, registeredScopes } from '../tokens/scope.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/** What a token of a custom grant is about. */
export interface CustomToken {
  /** Subject identifier; the client itself when absent. */
  readonly sub?: string;
  /** Space-delimited; what the request asks for when absent, and all of the API's if it asks for nothing. */
  readonly scope?: string;
  /** Whom it is for; the IdP's usual API when absent. */
  readonly audience?: string | readonly string[];
  /** Further claims. */
  readonly claims?: JsonObject;
}

/** A token request of a client that has proved itself and may use the grant. */
export interface CustomGrantRequest {
  readonly parameters: Parameters;
  readonly client: Client;
  /** A successful response (RFC 6749 §5.1) with a new access token; add to it what you like. */
  issue(token?: CustomToken): Promise<JsonObject>;
  /** Ends the request with an error response (RFC 6749 §5.2), with status 400. */
  refuse(error: string, description: string): never;
}

/**
 * A grant of your own (RFC 6749 §4.5):
 *
 * ```ts
 * { type: 'urn:example:grant:badge', answer: ({ parameters, issue }) => issue({ sub: parameters.badge }) }
 * ```
 */
export interface CustomGrant {
  /** Its `grant_type`, an absolute URI. */
  readonly type: string;
  /** The successful response. What it throws is a failure of the mock itself: use `refuse` for an error response. */
  answer(request: CustomGrantRequest): Promise<JsonObject>;
}

/** A function as one of the IdP's grants. Throws a `FailwellError` (`config`) for a type that is no absolute URI. */
export function customGrant({ type, answer }: CustomGrant): Grant {
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(type))
    throw new FailwellError('config', `Grant type '${type}' must be an absolute URI (RFC 6749 §4.5).`);
  return {
    type,
    answer(request) {
      const { form, client, visit } = request;
      return answer({
        parameters: form.all,
        client,
        issue: ({ sub, scope, audience, claims } = {}) => {
          const asked = scope ?? granted(form.get('scope'), registeredScopes(client, visit.scopes, visit), visit);
          const decision = { client: client.id, ...(sub !== undefined && { sub }), scope: asked };
          const facts = { clientId: client.id, sub: sub ?? ownSubject(client.id), scope: decided(decision, visit) };
          return tokenResponse({ ...facts, ...(audience && { audience }), ...(claims && { claims }) }, request);
        },
        refuse(error, description) {
          throw Refusal.with(json(400, { error, error_description: description }, unstored));
        },
      });
    },
  };
}
