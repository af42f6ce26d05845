import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { metadata } from './idp-authorize-fixtures.ts';
import { basic, get, post, read, text, type World } from './idp-fixtures.ts';
import {
  active,
  asking,
  codeFor,
  flowWorld,
  query,
  redeeming,
  returned,
  tokenRequest,
  web,
} from './idp-flow-fixtures.ts';

const [one, two, three] = ['https://one.example/', 'https://two.example/a?b=c', 'https://three.example/'] as const;

const repeated = (...resources: readonly string[]) =>
  resources.map((uri) => `&resource=${encodeURIComponent(uri)}`).join('');

/** Resources at the authorization endpoint, then at the token endpoint. */
async function grantedFor(
  { idp }: World,
  asked: readonly string[],
  narrowed: readonly string[],
  scope = 'openid items:read',
) {
  const request = get(`/tenant/authorize?${query({ scope })}${repeated(...asked)}`);
  const { code } = returned(await idp.handle({ ...request, headers: [['cookie', idp.logIn('alice')]] }));
  const form = new URLSearchParams(redeeming(String(code)) as { [name: string]: string });
  return read(await idp.handle(post('/tenant/token', form + repeated(...narrowed), { authorization: basic(web) })));
}

const audience = (tokens: { readonly [name: string]: unknown }) => decodeJwt(String(tokens.access_token)).aud;

test.each([
  [[], [], 'https://api.example'],
  [[one], [], one],
  [[one, two], [], [one, two]],
  [[one, two, one], [two], two],
  [[], [two], two],
  [['https://api.example'], [], 'https://api.example'],
])('access tokens for %j, narrowed to %j, are for %j', async (asked, narrowed, expected) => {
  const it = await flowWorld();
  expect(audience(await grantedFor(it, asked, narrowed))).toEqual(expected);
});

test('a refresh gets a token for any resource of the grant', async () => {
  const it = await flowWorld();
  const tokens = await grantedFor(it, [one, two], [one], 'openid offline_access');
  const refreshing = (refresh_token: unknown, resource: string) =>
    it.idp.handle(tokenRequest({ grant_type: 'refresh_token', refresh_token: String(refresh_token), resource }));
  const next = read(await refreshing(tokens.refresh_token, two));
  expect([audience(tokens), audience(next)]).toEqual([one, two]);
  expect(read(await refreshing(next.refresh_token, three))).toMatchObject({ error: 'invalid_target' });
});

test.each([
  'not a URI',
  '/relative',
  'https://one.example/#fragment',
  'https://a b.example/',
  'http://one.example/',
  'urn:api',
])('resource %j is no target', async (resource) => {
  const it = await flowWorld();
  expect(returned(await it.idp.handle(asking({ resource }, it.idp.logIn('alice'))))).toMatchObject({
    error: 'invalid_target',
    state: 'a state',
  });
  expect(await grantedFor(it, [], [resource])).toMatchObject({ error: 'invalid_target' });
});

test('only what was granted and what the IdP knows is a target', async () => {
  const it = await flowWorld({ resources: [one] });
  expect(await grantedFor(it, [one], [one])).toHaveProperty('access_token');
  expect(await grantedFor(it, [one], ['https://api.example'])).toMatchObject({ error: 'invalid_target' });
  expect(returned(await it.idp.handle(asking({ resource: two }, it.idp.logIn('alice'))))).toMatchObject({
    error: 'invalid_target',
  });
  const own = { grant_type: 'client_credentials' };
  expect(audience(read(await it.idp.handle(tokenRequest({ ...own, resource: one }))))).toBe(one);
  expect(read(await it.idp.handle(tokenRequest({ ...own, resource: two })))).toMatchObject({ error: 'invalid_target' });
});

const reading = { type: 'account', actions: ['read'], locations: [one], limit: { amount: '10.00' } };
const paying = { type: 'payment', identifier: 'account-1', privileges: ['admin'], datatypes: ['x'] };
const details = (...all: readonly unknown[]) => JSON.stringify(all);
const detailsWorld = (client: object = {}) =>
  flowWorld({ authorizationDetailsTypes: ['account', 'payment'], clients: [{ ...web, ...client }] });

test('authorization details go from the request to response, token and introspection', async () => {
  const it = await detailsWorld();
  const code = await codeFor(it, { authorization_details: details(reading, paying), scope: 'openid offline_access' });
  const tokens = read(await it.idp.handle(tokenRequest(redeeming(code))));
  expect(tokens.authorization_details).toEqual([reading, paying]);
  expect(decodeJwt(String(tokens.access_token)).authorization_details).toEqual([reading, paying]);
  expect(await active(it, tokens.access_token)).toMatchObject({
    active: true,
    authorization_details: [reading, paying],
  });
  const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) };
  const next = read(await it.idp.handle(tokenRequest({ ...refresh, authorization_details: details(paying) })));
  expect(next.authorization_details).toEqual([paying]);
  expect(await metadata(it)).toMatchObject({ authorization_details_types_supported: ['account', 'payment'] });
});

test('no more details than were granted', async () => {
  const it = await detailsWorld();
  const refused = { error: 'invalid_authorization_details' };
  for (const [granted, asked] of [
    [details(reading), details({ ...reading, actions: ['write'] })],
    [undefined, details(reading)],
  ]) {
    const code = await codeFor(it, { authorization_details: granted });
    const redeem = tokenRequest(redeeming(code, { authorization_details: asked }));
    expect(read(await it.idp.handle(redeem))).toMatchObject(refused);
  }
  const plain = read(await it.idp.handle(tokenRequest(redeeming(await codeFor(it)))));
  expect(plain).not.toHaveProperty('authorization_details');
  const own = { grant_type: 'client_credentials', authorization_details: details(reading) };
  const tokens = read(await it.idp.handle(tokenRequest(own)));
  expect(decodeJwt(String(tokens.access_token)).authorization_details).toEqual([reading]);
  expect(tokens.authorization_details).toEqual([reading]);
});

test.each([
  ['no JSON', '['],
  ['an object', '{}'],
  ['a list of texts', '["account"]'],
  ['no type', '[{}]'],
  ['a type that is no text', '[{"type":["account"]}]'],
  ['an unknown type', '[{"type":"secret"}]'],
  ['one good and one bad', '[{"type":"account"},{"type":"secret"}]'],
  ['actions that are no list', '[{"type":"account","actions":"read"}]'],
  ['locations of numbers', '[{"type":"account","locations":[1]}]'],
  ['an identifier that is no text', '[{"type":"account","identifier":1}]'],
  ['too much depth', `[{"type":"account","x":${'['.repeat(100)}${']'.repeat(100)}}]`],
])('authorization_details with %s are refused', async (_, authorization_details) => {
  const { idp } = await detailsWorld();
  const error = 'invalid_authorization_details';
  expect(returned(await idp.handle(asking({ authorization_details }, idp.logIn('alice'))))).toMatchObject({ error });
  const own = { grant_type: 'client_credentials', authorization_details };
  expect(read(await idp.handle(tokenRequest(own)))).toMatchObject({ error });
});

test('a client uses the types that it is registered for, and none where the IdP knows none', async () => {
  const error = 'invalid_authorization_details';
  const { idp } = await detailsWorld({ authorizationDetailsTypes: ['payment'] });
  const refusal = returned(await idp.handle(asking({ authorization_details: details(reading) }, idp.logIn('alice'))));
  expect(refusal).toMatchObject({ error });
  const good = asking({ authorization_details: details(paying) }, idp.logIn('alice'));
  expect(returned(await idp.handle(good))).toHaveProperty('code');
  const without = await flowWorld();
  const asked = asking({ authorization_details: details(reading) }, without.idp.logIn('alice'));
  expect(returned(await without.idp.handle(asked))).toMatchObject({ error });
  expect(await metadata(without)).not.toHaveProperty('authorization_details_types_supported');
});

test('the consent page names the types of details', async () => {
  const it = await detailsWorld();
  const changes = { authorization_details: details(reading), prompt: 'consent', scope: 'openid' };
  const page = text(await it.idp.handle(asking(changes, it.idp.logIn('alice'))));
  expect(page).toContain('<li>openid</li><li>account</li>');
});
