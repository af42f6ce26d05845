import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { keyAlgorithms } from '../../mocks/idp/tokens/signing.ts';
import {
  bound,
  dpopWorld,
  key,
  now,
  otherKey,
  proof,
  proofKey,
  publicPost,
  tokenEndpoint,
  withProof,
} from './idp-dpop-fixtures.ts';
import { basic, field, get, post, read } from './idp-fixtures.ts';
import { active, asking, codeFor, redeeming, tokenRequest, verifier, web } from './idp-flow-fixtures.ts';

const grant = { grant_type: 'client_credentials' };
const asked = () => post('/tenant/token', grant, { authorization: basic(web) });

test.each(keyAlgorithms)('a proof with %s binds the token to its key (RFC 9449 §5, §6)', async (alg) => {
  const it = await dpopWorld();
  const by = await proofKey(alg);
  const answer = await it.idp.handle(withProof(asked(), await proof({}, {}, by)));
  expect([answer.status, read(answer)]).toEqual([200, expect.objectContaining({ token_type: 'DPoP' })]);
  const { access_token } = read(answer);
  expect(decodeJwt(String(access_token)).cnf).toEqual({ jkt: by.jkt });
  expect(await active(it, access_token)).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: by.jkt } });
  expect(field(answer, 'dpop-nonce')).toBeUndefined();
});

test('without a proof it is a bearer token, unless the client is registered for DPoP alone (RFC 9449 §5.2)', async () => {
  const { idp } = await dpopWorld();
  const bearer = read(await idp.handle(asked()));
  expect([bearer.token_type, decodeJwt(String(bearer.access_token)).cnf]).toEqual(['Bearer', undefined]);
  const refused = await idp.handle(post('/tenant/token', grant, { authorization: basic(bound) }));
  expect([refused.status, read(refused).error]).toEqual([400, 'invalid_request']);
  const metadata = read(await idp.handle(get('/tenant/.well-known/openid-configuration')));
  expect(metadata.dpop_signing_alg_values_supported).toEqual(keyAlgorithms);
});

const tampered = (jwt: string) => `${jwt.slice(0, -8)}${jwt.at(-8) === 'A' ? 'B' : 'A'}${jwt.slice(-7)}`;
const hmac = { alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA' } };
const byHmac = { ...key, alg: 'HS256', privateJwk: hmac.jwk };

test.each([
  ['no JWT', async () => 'nonsense'],
  ['an unsigned one', async () => `${btoa('{"alg":"none","typ":"dpop+jwt"}')}.${btoa('{}')}.`],
  ['another typ', () => proof({}, { typ: 'JWT' })],
  ['no typ', () => proof({}, { typ: undefined })],
  ['no jwk', () => proof({}, { jwk: undefined })],
  ['a private jwk', () => proof({}, { jwk: key.privateJwk })],
  ['the jwk of another key', () => proof({}, { jwk: otherKey.publicJwk })],
  ['a symmetric key', () => proof({}, hmac, byHmac)],
  ['a changed signature', async () => tampered(await proof())],
  ['an unknown critical member', () => proof({}, { crit: ['b64'], b64: true, jwk: key.publicJwk, typ: 'x' })],
  ['no jti', () => proof({ jti: undefined })],
  ['an empty jti', () => proof({ jti: '' })],
  ['a jti that is no string', () => proof({ jti: 1 })],
  ['no htm', () => proof({ htm: undefined })],
  ['another htm', () => proof({ htm: 'GET' })],
  ['htm in lower case', () => proof({ htm: 'post' })],
  ['no htu', () => proof({ htu: undefined })],
  ['another path', () => proof({ htu: tokenEndpoint.replace('token', 'other') })],
  ['another host', () => proof({ htu: tokenEndpoint.replace('127.0.0.1', '127.0.0.2') })],
  ['another port', () => proof({ htu: tokenEndpoint.replace('8443', '443') })],
  ['another scheme', () => proof({ htu: tokenEndpoint.replace('https', 'http') })],
  ['a path in another case', () => proof({ htu: tokenEndpoint.replace('tenant', 'Tenant') })],
  ['a trailing slash', () => proof({ htu: `${tokenEndpoint}/` })],
  ['userinfo in htu', () => proof({ htu: tokenEndpoint.replace('127', 'a@127') })],
  ['white space around htu', () => proof({ htu: ` ${tokenEndpoint}` })],
  ['no iat', () => proof({ iat: undefined })],
  ['an iat that is no number', () => proof({ iat: String(now) })],
  ['an old iat', () => proof({ iat: now - 61 })],
  ['an iat in the future', () => proof({ iat: now + 11 })],
  ['an exp that has passed', () => proof({ exp: now - 1 })],
])('a proof with %s is invalid_dpop_proof (RFC 9449 §4.3)', async (_, made) => {
  const { idp, clock } = await dpopWorld();
  clock.freeze(now * 1000);
  const answer = await idp.handle(withProof(asked(), await made()));
  expect([answer.status, read(answer).error]).toEqual([400, 'invalid_dpop_proof']);
});

test.each([
  ['a query and a fragment', { htu: `${tokenEndpoint}?page=1#top` }],
  ['scheme and host in capitals', { htu: tokenEndpoint.replace('https', 'HTTPS') }],
  ['needless escapes and dot segments', { htu: tokenEndpoint.replace('/tenant', '/x/../%74enant') }],
  ['the oldest iat', { iat: now - 60 }],
  ['the latest iat', { iat: now + 10 }],
  ['a nonce that nobody asked for, and more claims', { nonce: 'x', note: true }],
])('a proof with %s holds', async (_, changes) => {
  const { idp, clock } = await dpopWorld();
  clock.freeze(now * 1000);
  expect((await idp.handle(withProof(asked(), await proof(changes)))).status).toBe(200);
});

test('two proofs are refused, and one counts once while it is fresh', async () => {
  const { idp } = await dpopWorld();
  const one = await proof();
  expect(read(await idp.handle(withProof(asked(), one, await proof()))).error).toBe('invalid_dpop_proof');
  expect(read(await idp.handle(withProof(asked(), one))).token_type).toBe('DPoP');
  const again = await idp.handle(withProof(asked(), one));
  expect(read(again)).toEqual({
    error: 'invalid_dpop_proof',
    error_description: 'The proof was used before',
  });
  const same = decodeJwt(one).jti as string;
  expect((await idp.handle(withProof(asked(), await proof({ jti: same }, {}, otherKey)))).status).toBe(200);
});

test('iat is judged by the clock of the IdP', async () => {
  const { idp, clock } = await dpopWorld();
  clock.skew(3_600_000);
  expect(read(await idp.handle(withProof(asked(), await proof()))).error).toBe('invalid_dpop_proof');
  expect((await idp.handle(withProof(asked(), await proof({ iat: now + 3600 })))).status).toBe(200);
});

test('whatever stands in DPoP, the answer is a refusal and never a failure of the mock', async () => {
  const { idp } = await dpopWorld();
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, 'POST', tokenEndpoint, now, 'jti'));
  const claims = fc.record(
    { jti: value, htm: value, htu: value, iat: value, nonce: value, exp: value },
    { requiredKeys: [] },
  );
  const header = fc.record({ typ: value, jwk: value, kid: value, crit: value }, { requiredKeys: [] });
  const encoded = (part: unknown) => Buffer.from(JSON.stringify(part) ?? '').toString('base64url');
  const any = fc.oneof(
    fc.string(),
    fc.tuple(header, claims).map(([h, c]) => `${encoded({ alg: 'ES256', typ: 'dpop+jwt', ...h })}.${encoded(c)}.AAAA`),
  );
  await fc.assert(
    fc.asyncProperty(any, async (text) => {
      const answer = await idp.handle(withProof(asked(), text));
      expect([answer.status, read(answer).error]).toEqual([400, 'invalid_dpop_proof']);
    }),
  );
});

test('a signed proof holds exactly if each of its claims does', async () => {
  const { idp, clock } = await dpopWorld();
  clock.freeze(now * 1000);
  const claims = fc.record({
    htm: fc.constantFrom('POST', 'POST', 'GET'),
    htu: fc.constantFrom(tokenEndpoint, `${tokenEndpoint}?a`, `${tokenEndpoint}#a`, `${tokenEndpoint}x`),
    iat: fc.integer({ min: now - 70, max: now + 20 }),
  });
  await fc.assert(
    fc.asyncProperty(claims, async (given) => {
      const holds = given.htm === 'POST' && !given.htu.endsWith('x') && given.iat >= now - 60 && given.iat <= now + 10;
      const { status } = await idp.handle(withProof(asked(), await proof(given)));
      expect(status).toBe(holds ? 200 : 400);
    }),
    { numRuns: 200 },
  );
});

test('a nonce that is required must be a current one (RFC 9449 §8)', async () => {
  const { idp, clock } = await dpopWorld({ dpopNonce: 'required' });
  clock.freeze(now * 1000);
  const send = async (nonce?: string, at = now) => idp.handle(withProof(asked(), await proof({ nonce, iat: at })));
  const first = await send();
  const nonce = field(first, 'dpop-nonce');
  expect([first.status, read(first).error]).toEqual([400, 'use_dpop_nonce']);
  expect(nonce).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((await send(nonce)).status).toBe(200);
  expect(read(await send('wrong')).error).toBe('use_dpop_nonce');
  clock.freeze((now + 60) * 1000);
  const late = await send(nonce, now + 60);
  expect([late.status, field(late, 'dpop-nonce') === nonce]).toEqual([200, false]);
  clock.freeze((now + 120) * 1000);
  expect(read(await send(nonce, now + 120)).error).toBe('use_dpop_nonce');
  expect((await idp.handle(asked())).status).toBe(200);
});

test('a nonce that is only offered may stay away', async () => {
  const { idp } = await dpopWorld({ dpopNonce: 'offered' });
  const answer = await idp.handle(withProof(asked(), await proof()));
  expect([answer.status, field(answer, 'dpop-nonce')]).toEqual([200, expect.any(String)]);
  expect(read(await idp.handle(withProof(asked(), await proof({ nonce: 'wrong' })))).error).toBe('use_dpop_nonce');
  expect(field(await idp.handle(asked()), 'dpop-nonce')).toBeUndefined();
});

test("a public client's refresh token is bound to the key of its proof (RFC 9449 §5)", async () => {
  const it = await dpopWorld();
  const redirect = { redirect_uri: 'http://127.0.0.1/callback' };
  const code = await codeFor(it, { client_id: 'mobile', ...redirect });
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, ...redirect };
  const first = read(await it.idp.handle(withProof(publicPost(form), await proof())));
  const refresh = (token: unknown) => publicPost({ grant_type: 'refresh_token', refresh_token: String(token) });
  for (const request of [
    refresh(first.refresh_token),
    withProof(refresh(first.refresh_token), await proof({}, {}, otherKey)),
  ]) {
    const refused = await it.idp.handle(request);
    expect([refused.status, read(refused).error]).toEqual([400, 'invalid_grant']);
  }
  const second = read(await it.idp.handle(withProof(refresh(first.refresh_token), await proof())));
  expect(second).toMatchObject({ token_type: 'DPoP', refresh_token: expect.any(String) });
  expect((await it.idp.handle(refresh(second.refresh_token))).status).toBe(400);
});

test('a confidential client may refresh with another key', async () => {
  const it = await dpopWorld();
  const code = await codeFor(it, { scope: 'openid offline_access' });
  const first = read(await it.idp.handle(withProof(tokenRequest(redeeming(code)), await proof())));
  const refresh = tokenRequest({ grant_type: 'refresh_token', refresh_token: String(first.refresh_token) });
  const second = read(await it.idp.handle(withProof(refresh, await proof({}, {}, otherKey))));
  expect(decodeJwt(String(second.access_token)).cnf).toEqual({ jkt: otherKey.jkt });
});

test('a code is redeemed with the key that dpop_jkt named, and with no other (RFC 9449 §10)', async () => {
  const it = await dpopWorld();
  const code = await codeFor(it, { dpop_jkt: key.jkt });
  const asked = tokenRequest(redeeming(code));
  for (const request of [asked, withProof(asked, await proof({}, {}, otherKey))])
    expect(read(await it.idp.handle(request)).error).toBe('invalid_grant');
  expect(read(await it.idp.handle(withProof(asked, await proof()))).token_type).toBe('DPoP');
  const { searchParams } = new URL(String(field(await it.idp.handle(asking({ dpop_jkt: 'x' })), 'location')));
  expect(searchParams.get('error')).toBe('invalid_request');
});
