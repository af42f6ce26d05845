import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { createApi } from '../../mocks/api/api.ts';
import { openLink } from '../../mocks/links/link.ts';
import { authorized, found, insecure } from './idp-clients-fixtures.ts';
import { callback } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

/** An API that says who gives tokens for it (RFC 9728). */
async function protectedApi(issuer: URL) {
  let api: ReturnType<typeof createApi> | undefined;
  const link = await openLink({
    name: 'client→api',
    listen: true,
    origin: { handle: async (request) => (api as NonNullable<typeof api>).handle(request) },
    observe: () => {},
    now: () => performance.now(),
  });
  const url = new URL('/v1', link.url);
  api = createApi({ resource: url.href, authorizationServers: [issuer.href], scopes: ['items:read'] });
  return { url, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
}

test('a client that knows nothing but the URL of an API gets a token for it', async () => {
  await using it = await served();
  await using api = await protectedApi(it.issuer);
  const call = (token: string) => oauth.protectedResourceRequest(token, 'GET', api.url, undefined, null, insecure);

  const refused = await fetch(api.url);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('resource_metadata=');
  const answer = await oauth.resourceDiscoveryRequest(api.url, insecure);
  const resource = await oauth.processResourceDiscoveryResponse(api.url, answer);
  const [server = '', ...others] = resource.authorization_servers ?? [];
  expect(others).toEqual([]);

  const asked = { redirect_uris: [callback], token_endpoint_auth_method: 'none' };
  const execute = [openid.allowInsecureRequests];
  const config = await openid.dynamicClientRegistration(new URL(server), asked, openid.None(), { execute });
  const scope = `openid ${resource.scopes_supported?.join(' ')}`;
  const { redeem } = await authorized(it, config, { scope, resource: resource.resource });
  const { access_token } = await redeem({ resource: resource.resource });

  const answered = await call(access_token);
  expect(answered.status).toBe(200);
  // What the API has to check.
  const request = new Request(api.url, { headers: { authorization: `Bearer ${access_token}` } });
  const claims = await oauth.validateJwtAccessToken(await found(it.issuer), request, resource.resource, insecure);
  expect(claims).toMatchObject({ sub: 'user-1', scope, client_id: config.clientMetadata().client_id });
});
