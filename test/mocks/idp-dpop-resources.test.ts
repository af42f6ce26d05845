import { expect, test } from 'vitest';
import { keyAlgorithms } from '../../mocks/idp/tokens/signing.ts';
import { ath, dpopWorld, now, otherKey, proof, withProof } from './idp-dpop-fixtures.ts';
import { field, get, post, read, type World } from './idp-fixtures.ts';
import { codeFor, redeeming, tokenRequest, tokensFor } from './idp-flow-fixtures.ts';

const userinfo = 'https://127.0.0.1:8443/tenant/userinfo';

/** An access token that is bound to the usual key. */
async function boundToken(it: World): Promise<string> {
  const first = withProof(tokenRequest({ grant_type: 'client_credentials' }), await proof());
  const nonce = field(await it.idp.handle(first), 'dpop-nonce');
  const asked = withProof(tokenRequest(redeeming(await codeFor(it))), await proof({ nonce }));
  return String(read(await it.idp.handle(asked)).access_token);
}

const asking = (token: string, scheme = 'DPoP', method = 'GET') => ({
  ...get('/tenant/userinfo', method),
  headers: [['Authorization', `${scheme} ${token}`]] as const,
});

const fitting = (token: string, changes: object = {}, by?: typeof otherKey) =>
  proof({ htm: 'GET', htu: userinfo, ath: ath(token), ...changes }, {}, by);

test('UserInfo takes a bound token with a proof for it, once (RFC 9449 §7.1)', async () => {
  const it = await dpopWorld();
  const token = await boundToken(it);
  const one = await fitting(token);
  expect(read(await it.idp.handle(withProof(asking(token), one)))).toMatchObject({ sub: 'user-1' });
  expect(read(await it.idp.handle(withProof(asking(token), one))).error).toBe('invalid_dpop_proof');
  const posted = withProof(asking(token, 'dpop', 'POST'), await fitting(token, { htm: 'POST' }));
  expect((await it.idp.handle(posted)).status).toBe(200);
});

test.each<[string, 'invalid_dpop_proof' | 'invalid_token', (token: string) => Promise<string | undefined>]>([
  ['no proof', 'invalid_dpop_proof', async () => undefined],
  ['a proof without ath', 'invalid_dpop_proof', (token) => fitting(token, { ath: undefined })],
  ['a proof for another token', 'invalid_dpop_proof', (token) => fitting(token, { ath: ath('other') })],
  ['a proof for the token endpoint', 'invalid_dpop_proof', (token) => fitting(token, { htu: `${userinfo}x` })],
  ['a proof for another method', 'invalid_dpop_proof', (token) => fitting(token, { htm: 'POST' })],
  ['an old proof', 'invalid_dpop_proof', (token) => fitting(token, { iat: now - 100 })],
  ['a proof of another key', 'invalid_token', (token) => fitting(token, {}, otherKey)],
])('UserInfo answers %s with %s and a challenge', async (_, error, made) => {
  const it = await dpopWorld();
  const token = await boundToken(it);
  const one = await made(token);
  const answer = await it.idp.handle(one === undefined ? asking(token) : withProof(asking(token), one));
  expect([answer.status, read(answer).error]).toEqual([401, error]);
  const challenge = field(answer, 'www-authenticate');
  expect(challenge).toMatch(new RegExp(`^DPoP realm="idp", error="${error}", `));
  expect(challenge).toContain(`algs="${keyAlgorithms.join(' ')}"`);
});

test('a bound token is no bearer token, and a bearer token is not bound (RFC 9449 §7.2)', async () => {
  const it = await dpopWorld();
  const token = await boundToken(it);
  const asBearer = await it.idp.handle(asking(token, 'Bearer'));
  expect([asBearer.status, read(asBearer).error]).toEqual([401, 'invalid_token']);
  expect(field(asBearer, 'www-authenticate')).toMatch(/^DPoP /);
  const inForm = post('/tenant/userinfo', { access_token: token }, { authorization: '' });
  expect(read(await it.idp.handle(inForm)).error).toBe('invalid_token');
  const { access_token } = await tokensFor(it);
  const asDpop = withProof(asking(access_token), await fitting(access_token));
  expect(read(await it.idp.handle(asDpop)).error).toBe('invalid_token');
});

test('who has no token is told of both schemes', async () => {
  const { idp } = await dpopWorld();
  const { headers } = await idp.handle(get('/tenant/userinfo'));
  expect(headers.filter(([name]) => name === 'www-authenticate').map(([, value]) => value)).toEqual([
    'Bearer realm="idp"',
    `DPoP realm="idp", algs="${keyAlgorithms.join(' ')}"`,
  ]);
});

test('UserInfo asks for its nonce with 401 (RFC 9449 §9)', async () => {
  const it = await dpopWorld({ dpopNonce: 'required' });
  const token = await boundToken(it);
  const first = await it.idp.handle(withProof(asking(token), await fitting(token)));
  expect([first.status, read(first).error]).toEqual([401, 'use_dpop_nonce']);
  expect(field(first, 'www-authenticate')).toContain('error="use_dpop_nonce"');
  const nonce = field(first, 'dpop-nonce');
  const second = await it.idp.handle(withProof(asking(token), await fitting(token, { nonce })));
  expect([second.status, field(second, 'dpop-nonce')]).toEqual([200, nonce]);
});
