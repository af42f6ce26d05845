import { buildEndSessionUrl } from 'openid-client';
import { expect, test } from 'vitest';
import { authorized, discover } from './idp-clients-fixtures.ts';
import { web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

test('openid-client logs a user out', async () => {
  const after = 'https://app.example/bye';
  await using it = await served({ clients: [{ ...web, postLogoutRedirectUris: [after] }] });
  const config = await discover(it.issuer, 'web');
  const { id_token = '' } = await (await authorized(it, config)).redeem();
  const quiet = async () => (await authorized(it, config, { prompt: 'none' })).redeem();
  expect((await quiet()).claims()?.sub).toBe('user-1');
  const asked = { id_token_hint: id_token, post_logout_redirect_uri: after, state: 'a state' };
  expect((await it.follow(buildEndSessionUrl(config, asked))).href).toBe(`${after}?state=a+state`);
  await expect(quiet()).rejects.toMatchObject({ error: 'login_required' });
});
