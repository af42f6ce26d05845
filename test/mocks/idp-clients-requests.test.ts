import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { jwks, keys } from './idp-client-fixtures.ts';
import { authorized, type Build, discover, found, insecure, requested } from './idp-clients-fixtures.ts';
import { callback, web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';
import { hiddenFields, openTab } from './idp-tab.ts';

const key = { key: (await importJWK(keys.es256.privateJwk, 'ES256')) as oauth.CryptoKey, kid: keys.es256.kid };
const clients = [{ ...web, jwks: jwks(keys.es256), responseTypes: ['code', 'code id_token', 'id_token'] }] as const;
const { buildAuthorizationUrlWithJAR: signed, buildAuthorizationUrlWithPAR: pushed } = openid;

test.each([
  ['a pushed request', pushed, ['client_id', 'request_uri']],
  ['a request object', (config, more) => signed(config, more, key), ['client_id', 'request']],
  [
    'a pushed request object',
    async (config, more) => pushed(config, (await signed(config, more, key)).searchParams),
    ['client_id', 'request_uri'],
  ],
] satisfies [string, Build, string[]][])('openid-client sends %s', async (_, build, sent) => {
  await using it = await served({ clients });
  const config = await discover(it.issuer, 'web');
  const { url, back, redeem } = await authorized(it, config, {}, build);
  expect([...url.searchParams.keys()].sort()).toEqual(sent);
  expect(back.searchParams.get('iss')).toBe(it.issuer.href);
  expect((await redeem()).claims()).toMatchObject({ sub: 'user-1', aud: 'web' });
});

test('openid-client is told when somebody else has signed its request', async () => {
  await using it = await served({ clients });
  const config = await discover(it.issuer, 'web');
  const foreign = (await importJWK(keys.other.privateJwk, 'ES256')) as oauth.CryptoKey;
  const { searchParams } = await signed(config, { redirect_uri: callback }, { key: foreign, kid: keys.es256.kid });
  await expect(pushed(config, searchParams)).rejects.toMatchObject({ error: 'invalid_request_object' });
});

test.each([
  ['JARM', [openid.useJwtResponseMode], ['response']],
  ['code id_token', [openid.useCodeIdTokenResponseType], ['code', 'id_token', 'iss']],
  [
    'code id_token as detached signature',
    [openid.useCodeIdTokenResponseType, openid.enableDetachedSignatureResponseChecks],
    ['code', 'id_token', 'iss'],
  ],
] as const)('openid-client takes its answer as %s', async (_, modes, sent) => {
  await using it = await served({ clients });
  const config = await discover(it.issuer, 'web', {}, undefined, openid.enableNonRepudiationChecks, ...modes);
  const { back, redeem } = await authorized(it, config);
  const answer = new URLSearchParams(back.hash.slice(1) || back.search);
  expect([...answer.keys()]).toEqual(expect.arrayContaining([...sent]));
  expect((await redeem()).claims()).toMatchObject({ sub: 'user-1', aud: 'web' });
});

test('openid-client logs a user in by an ID token alone', async () => {
  await using it = await served({ clients });
  const config = await discover(it.issuer, 'web', {}, openid.None(), openid.useIdTokenResponseType);
  const [expectedState, nonce] = [openid.randomState(), openid.randomNonce()];
  const asked = { redirect_uri: callback, scope: 'openid email', nonce, state: expectedState };
  const back = await it.follow(openid.buildAuthorizationUrl(config, asked));
  expect(await openid.implicitAuthentication(config, back, nonce, { expectedState })).toMatchObject({ sub: 'user-1' });
});

test('openid-client names the API, and how much of it', async () => {
  await using it = await served({ clients, authorizationDetailsTypes: ['items'] });
  const config = await discover(it.issuer, 'web');
  const details = [{ type: 'items', actions: ['read'] }];
  const { redeem } = await authorized(it, config, {
    resource: 'https://api.example',
    authorization_details: JSON.stringify(details),
  });
  const tokens = await redeem({ resource: 'https://api.example' });
  expect(tokens.authorization_details).toEqual(details);
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({
    aud: 'https://api.example',
    authorization_details: details,
  });
});

test('openid-client takes its answer from a form', async () => {
  await using it = await served({ clients });
  const config = await discover(it.issuer, 'web');
  const { url, checks } = await requested(config, { response_mode: 'form_post' });
  const page = await openTab(it.idp.logIn('alice')).visit(url.href);
  const body = new URLSearchParams(hiddenFields(page));
  const tokens = await openid.authorizationCodeGrant(config, new Request(callback, { method: 'POST', body }), checks);
  expect(tokens.claims()).toMatchObject({ sub: 'user-1' });
});

test('oauth4webapi pushes a signed request with a proof, and takes a signed answer', async () => {
  await using it = await served({ clients, dpopNonce: 'offered' });
  const as = await found(it.issuer);
  const client: oauth.Client = { client_id: 'web' };
  const secret = oauth.ClientSecretBasic(web.secret);
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const parameters = {
    response_type: 'code',
    response_mode: 'jwt',
    redirect_uri: callback,
    scope: 'openid',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  const request = await oauth.issueRequestObject(as, client, parameters, key);
  const options = { DPoP, ...insecure };
  const answer = await oauth.pushedAuthorizationRequest(as, client, secret, { request }, options);
  const { request_uri } = await oauth.processPushedAuthorizationResponse(as, client, answer);
  const url = new URL(as.authorization_endpoint as string);
  url.search = new URLSearchParams({ client_id: 'web', request_uri }).toString();
  const back = await it.follow(url);
  const granted = await oauth.validateJwtAuthResponse(as, client, back, state, insecure);
  const redeem = async (more: { DPoP: oauth.DPoPHandle }) =>
    oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(as, client, secret, granted, callback, verifier, {
        ...more,
        ...insecure,
      }),
      { expectedNonce: nonce },
    );
  // The code is bound to the key of the pushed request (RFC 9449 §10.1).
  const thief = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  await expect(redeem({ DPoP: thief })).rejects.toMatchObject({ error: 'invalid_grant' });
  const tokens = await redeem({ DPoP });
  expect(tokens.token_type).toBe('dpop');
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'user-1', nonce });
});
