import { createApi } from '../../../mocks/api/api.ts';
import type { Idp } from '../../../mocks/idp/idp.ts';
import type { HttpAnswer, HttpRequest } from '../../model/http.ts';

/** Who the API is at the IdP. */
export const apiCredentials = { id: 'failwell-api', secret: 'api-secret-93b1d07a42' };

interface GuardedApi {
  handle(request: HttpRequest): Promise<HttpAnswer>;
}

/**
 * The API that a client calls: it serves who has a token, and asks the IdP about each (RFC 7662), so that a revoked one
 * is refused at once. Its refusals are those of RFC 6750 §3.1.
 * @param served called for each request whose token was good
 */
export function guardedApi(
  idp: Pick<Idp, 'handle' | 'endpoints'>,
  { audience, scope }: { readonly audience: string; readonly scope: string },
  served: () => void,
): GuardedApi {
  const api = createApi();
  const basic = Buffer.from(`${apiCredentials.id}:${apiCredentials.secret}`).toString('base64');

  async function introspected(token: string): Promise<{ readonly [name: string]: unknown }> {
    const { body } = await idp.handle({
      method: 'POST',
      path: new URL(idp.endpoints.introspection).pathname,
      headers: [
        ['authorization', `Basic ${basic}`],
        ['content-type', 'application/x-www-form-urlencoded'],
      ],
      body: Buffer.from(new URLSearchParams({ token }).toString()),
    });
    return JSON.parse(Buffer.from(body).toString()) as { readonly [name: string]: unknown };
  }

  return {
    async handle(request) {
      const [, value] = request.headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
      const [, token] = /^Bearer +(\S+) *$/i.exec(value ?? '') ?? [];
      if (token === undefined) return refusal(401, 'Bearer realm="api"');
      const claims = await introspected(token);
      if (claims.active !== true) return refusal(401, invalid('the token is expired, revoked or unknown'));
      if (![claims.aud].flat().includes(audience)) return refusal(401, invalid('the token is for another API'));
      if (
        !String(claims.scope ?? '')
          .split(' ')
          .includes(scope)
      ) {
        return refusal(403, `Bearer realm="api", error="insufficient_scope", scope="${scope}"`);
      }
      served();
      return await api.handle(request);
    },
  };
}

const invalid = (why: string) => `Bearer realm="api", error="invalid_token", error_description="${why}"`;

function refusal(status: number, challenge: string): HttpAnswer {
  const [, error = 'unauthorized'] = /error="(\w+)"/.exec(challenge) ?? [];
  const headers = [['content-type', 'application/json'] as const, ['www-authenticate', challenge] as const];
  return { status, headers, body: Buffer.from(JSON.stringify({ error })) };
}
