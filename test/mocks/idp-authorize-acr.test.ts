import { expect, test } from 'vitest';
import { metadata, verified } from './idp-authorize-fixtures.ts';
import { field, read, start, text, type World } from './idp-fixtures.ts';
import { asking, createBrowser, flowWorld, redeeming, returned, tokenRequest, web } from './idp-flow-fixtures.ts';

const acrValues = ['bronze', 'silver', 'gold'] as const;
const acrWorld = (more: object = {}) => flowWorld({ acrValues, ...more });
const essential = (...values: readonly string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

async function redeemed(it: World, code: string | undefined) {
  const tokens = read(await it.idp.handle(tokenRequest(redeeming(String(code)))));
  return verified(it, tokens.id_token);
}

test('an acr above that of the session takes a new login, which then has it', async () => {
  const it = await acrWorld();
  const browser = createBrowser(it);
  const logIn = { username: 'alice', password: 'wonderland', decision: 'log-in' };
  const first = returned(await browser.submit(await browser.visit(asking()), logIn));
  expect(await redeemed(it, first.code)).toMatchObject({ acr: 'bronze' });
  const silent = await browser.visit(asking({ acr_values: 'gold', prompt: 'none' }));
  expect(returned(silent)).toMatchObject({ error: 'login_required' });
  it.clock.set(start + 1_000);
  const page = await browser.visit(asking({ acr_values: 'gold' }));
  expect([page.status, text(page)]).toEqual([200, expect.stringContaining('Log in')]);
  const stepped = returned(await browser.submit(page, logIn));
  expect(await redeemed(it, stepped.code)).toMatchObject({ acr: 'gold', auth_time: start / 1000 + 1 });
  // What is above includes what is below.
  const below = returned(await browser.visit(asking({ acr_values: 'silver', prompt: 'none' })));
  expect(await redeemed(it, below.code)).toMatchObject({ acr: 'silver' });
  const any = returned(await browser.visit(asking({ prompt: 'none' })));
  expect(await redeemed(it, any.code)).toMatchObject({ acr: 'gold' });
});

test('autoLogin reaches what is asked for', async () => {
  const it = await acrWorld({ autoLogin: true });
  const cookie = it.idp.logIn('alice');
  const { code } = returned(await it.idp.handle(asking({ acr_values: 'platinum silver' }, cookie)));
  expect(await redeemed(it, code)).toMatchObject({ acr: 'silver' });
  const wanted = await it.idp.handle(asking({ claims: essential('gold') }, cookie));
  expect(await redeemed(it, returned(wanted).code)).toMatchObject({ acr: 'gold' });
  expect(field(wanted, 'set-cookie')).toContain('session');
});

test('an unknown acr is ignored, unless it is essential', async () => {
  const it = await acrWorld();
  const cookie = it.idp.logIn('alice');
  const { code } = returned(await it.idp.handle(asking({ acr_values: 'platinum' }, cookie)));
  expect(await redeemed(it, code)).toMatchObject({ acr: 'bronze' });
  const voluntary = JSON.stringify({ id_token: { acr: { values: ['platinum'] } } });
  expect(returned(await it.idp.handle(asking({ claims: voluntary }, cookie)))).toHaveProperty('code');
  const demanded = returned(await it.idp.handle(asking({ claims: essential('platinum') }, cookie)));
  expect(demanded).toMatchObject({ error: 'unmet_authentication_requirements', state: 'a state' });
  expect(await metadata(it)).toMatchObject({ acr_values_supported: acrValues });
});

test('a client may have registered what it asks for when it says nothing', async () => {
  const it = await acrWorld({
    clients: [{ ...web, defaultAcrValues: ['silver'], defaultMaxAge: 60 }],
    autoLogin: true,
  });
  expect(await redeemed(it, returned(await it.idp.handle(asking())).code)).toMatchObject({ acr: 'silver' });
  const cookie = it.idp.logIn('alice');
  const silent = async (changes: object) =>
    returned(await it.idp.handle(asking({ acr_values: 'bronze', prompt: 'none', ...changes }, cookie)));
  expect(await silent({})).toHaveProperty('code');
  it.clock.set(start + 61_000);
  expect(await silent({})).toMatchObject({ error: 'login_required' });
  expect(await silent({ max_age: '600' })).toHaveProperty('code');
});
