import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { createClock, systemClock } from '../../mocks/clock/clock.ts';
import type { CustomGrant } from '../../mocks/idp/grants/custom.ts';
import { jwks, keys } from './idp-client-fixtures.ts';
import { authorized, discover, found, insecure, type Served } from './idp-clients-fixtures.ts';
import { web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';
import { openTab } from './idp-tab.ts';

/** What `alice` does with her telephone. */
async function decide({ idp }: Served, verificationUri: string | undefined, decision: 'allow' | 'deny'): Promise<void> {
  const { visit, submit } = openTab(idp.logIn('alice'));
  const page = await submit(await visit(verificationUri as string), { decision });
  expect(page.text).toContain(decision === 'allow' ? 'allowed' : 'denied');
}

test.each([
  ['web', openid.ClientSecretBasic(web.secret)],
  ['mobile', openid.None()],
])('openid-client gets tokens for a device as %s', async (id, authentication) => {
  await using it = await served({ pollingInterval: 1 });
  const config = await discover(it.issuer, id, {}, authentication);
  const ask = () => openid.initiateDeviceAuthorization(config, { scope: 'openid items:read offline_access' });
  const asked = await ask();
  const polled = openid.pollDeviceAuthorizationGrant(config, asked);
  await decide(it, asked.verification_uri_complete, 'allow');
  const tokens = await polled;
  expect(tokens.claims()).toMatchObject({ sub: 'user-1', aud: id });
  expect((await openid.refreshTokenGrant(config, tokens.refresh_token as string)).scope).toBe(tokens.scope);
  const again = await ask();
  const denied = expect(openid.pollDeviceAuthorizationGrant(config, again)).rejects.toMatchObject({
    error: 'access_denied',
  });
  await decide(it, again.verification_uri_complete, 'deny');
  await denied;
});

test('oauth4webapi is told to wait, to slow down, and that the device code has expired', async () => {
  const clock = createClock({ base: systemClock });
  await using it = await served({ clock });
  const [as, client, secret] = [await found(it.issuer), { client_id: 'web' }, oauth.ClientSecretBasic(web.secret)];
  const ask = async () => {
    const answer = await oauth.deviceAuthorizationRequest(as, client, secret, { scope: 'openid' }, insecure);
    return oauth.processDeviceAuthorizationResponse(as, client, answer);
  };
  const poll = async ({ device_code }: oauth.DeviceAuthorizationResponse) => {
    const polled = await oauth.deviceCodeGrantRequest(as, client, secret, device_code, insecure);
    return oauth.processDeviceCodeResponse(as, client, polled);
  };
  const asked = await ask();
  expect(asked).toMatchObject({ interval: 5, expires_in: 600 });
  await expect(poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
  await expect(poll(asked)).rejects.toMatchObject({ error: 'slow_down' });
  clock.skew(10_000);
  await decide(it, asked.verification_uri_complete, 'allow');
  expect(oauth.getValidatedIdTokenClaims(await poll(asked))).toMatchObject({ sub: 'user-1', aud: 'web' });
  const forgotten = await ask();
  clock.skew(610_000);
  await expect(poll(forgotten)).rejects.toMatchObject({ error: 'expired_token' });
});

test('openid-client asks a user by the back channel', async () => {
  await using it = await served({ pollingInterval: 1, autoLogin: true });
  const config = await discover(it.issuer, 'web');
  const asked = await openid.initiateBackchannelAuthentication(config, {
    scope: 'openid email items:read offline_access',
    login_hint: 'bob',
    binding_message: 'W4SCT',
  });
  const tokens = await openid.pollBackchannelAuthenticationGrant(config, asked);
  expect(tokens.claims()).toMatchObject({ sub: 'user-2', aud: 'web' });
  expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-2')).toMatchObject({ email: 'b@example.com' });
  expect((await openid.refreshTokenGrant(config, tokens.refresh_token as string)).scope).toBe(tokens.scope);
  const nobody = openid.initiateBackchannelAuthentication(config, { scope: 'openid', login_hint: 'nobody' });
  await expect(nobody).rejects.toMatchObject({ error: 'unknown_user_id' });
});

const assertion = (claims: object, signer = keys.es256) =>
  importJWK(signer.privateJwk, signer.alg).then((key) =>
    new SignJWT({ jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: signer.alg, kid: signer.kid })
      .setIssuedAt()
      .setExpirationTime('1 minute')
      .sign(key),
  );

test('openid-client gets tokens for the assertion of somebody trusted', async () => {
  const issuer = 'https://hr.example';
  await using it = await served({ trustedIssuers: [{ issuer, jwks: jwks(keys.es256) }] });
  const config = await discover(it.issuer, 'web');
  const ask = async (signer = keys.es256) =>
    openid.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:jwt-bearer', {
      assertion: await assertion({ iss: issuer, sub: 'bob', aud: it.issuer.href }, signer),
      scope: 'items:read',
    });
  const { access_token, scope } = await ask();
  expect(scope).toBe('items:read');
  expect(await openid.tokenIntrospection(config, access_token)).toMatchObject({ sub: 'user-2', client_id: 'web' });
  await expect(ask(keys.other)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('openid-client gets tokens for a password, where that is allowed', async () => {
  const parameters = { username: 'alice', password: 'wonderland', scope: 'openid items:read' };
  await using it = await served({ legacy: ['password'] });
  const config = await discover(it.issuer, 'web');
  const tokens = await openid.genericGrantRequest(config, 'password', parameters);
  expect(tokens.claims()).toMatchObject({ sub: 'user-1', aud: 'web' });
  const wrong = openid.genericGrantRequest(config, 'password', { ...parameters, password: 'wrong' });
  await expect(wrong).rejects.toMatchObject({ error: 'invalid_grant' });
  await using strict = await served();
  const refused = openid.genericGrantRequest(await discover(strict.issuer, 'web'), 'password', parameters);
  await expect(refused).rejects.toMatchObject({ error: 'unsupported_grant_type' });
});

test('openid-client exchanges the token of a user for one to act with', async () => {
  await using it = await served();
  const config = await discover(it.issuer, 'web');
  const user = await (await authorized(it, config)).redeem();
  const actor = await openid.clientCredentialsGrant(config);
  const token = 'urn:ietf:params:oauth:token-type:access_token';
  const exchange = (parameters: Record<string, string>) =>
    openid.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', {
      subject_token: user.access_token,
      subject_token_type: token,
      audience: 'https://api.example',
      ...parameters,
    });
  const acting = { actor_token: actor.access_token, actor_token_type: token, scope: 'items:read' };
  const exchanged = await exchange(acting);
  expect(exchanged).toMatchObject({ issued_token_type: token, token_type: 'bearer', scope: 'items:read' });
  expect(await openid.tokenIntrospection(config, exchanged.access_token)).toMatchObject({
    sub: 'user-1',
    aud: 'https://api.example',
    act: { client_id: 'web' },
  });
  await expect(exchange({ subject_token: 'worth nothing' })).rejects.toMatchObject({ error: 'invalid_request' });
});

test('openid-client uses a grant that somebody made up', async () => {
  const type = 'urn:example:grant:badge';
  const answer: CustomGrant['answer'] = ({ parameters, issue, refuse }) =>
    parameters.badge === '007' ? issue({ sub: 'user-1' }) : refuse('invalid_grant', 'The badge is unknown');
  await using it = await served({ grants: [{ type, answer }] });
  const config = await discover(it.issuer, 'web');
  expect(config.serverMetadata().grant_types_supported).toContain(type);
  const { access_token } = await openid.genericGrantRequest(config, type, { badge: '007' });
  expect(await openid.tokenIntrospection(config, access_token)).toMatchObject({ sub: 'user-1', client_id: 'web' });
  const refused = openid.genericGrantRequest(config, type, { badge: '008' });
  await expect(refused).rejects.toMatchObject({ error: 'invalid_grant', error_description: 'The badge is unknown' });
});
