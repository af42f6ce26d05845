import { expect, test } from 'vitest';
import { fetchToken, field, get, post, read, text, world } from './idp-fixtures.ts';
import { flowWorld, tokensFor } from './idp-flow-fixtures.ts';

const asking = (authorization: readonly string[], method = 'GET') => ({
  ...get('/tenant/userinfo', method),
  headers: authorization.map((value) => ['Authorization', value] as const),
});

test.each([
  ['openid', { sub: 'user-1' }],
  ['openid profile', { sub: 'user-1', name: 'Alice' }],
  ['openid email', { sub: 'user-1', email: 'alice@example.com', email_verified: true }],
])('scope %s tells this of the user and no more', async (scope, claims) => {
  const it = await flowWorld();
  const { access_token } = await tokensFor(it, { scope });
  for (const method of ['GET', 'POST']) {
    const answer = await it.idp.handle(asking([`Bearer ${access_token}`], method));
    expect([answer.status, read(answer), field(answer, 'cache-control')]).toEqual([200, claims, 'no-store']);
  }
});

test('whoever has no good token is told so as RFC 6750 §3.1 says', async () => {
  const it = await flowWorld();
  const { access_token, id_token } = await tokensFor(it);
  const plain = await tokensFor(it, { scope: 'items:read' });
  const bearer = `Bearer ${access_token}`;
  // Another scheme is no authentication here.
  for (const nothing of [[], ['Basic x'], ['Negotiate']]) {
    const none = await it.idp.handle(asking(nothing));
    expect([none.status, field(none, 'www-authenticate'), text(none)]).toEqual([401, 'Bearer realm="idp"', '']);
  }
  for (const [authorization, status, error] of [
    [['Bearer'], 400, 'invalid_request'],
    [['Basic x', bearer], 400, 'invalid_request'],
    [[bearer, bearer], 400, 'invalid_request'],
    [['Bearer unknown'], 401, 'invalid_token'],
    [[`Bearer ${id_token}`], 401, 'invalid_token'],
    [[`Bearer ${plain.access_token}`], 403, 'insufficient_scope'],
  ] as const) {
    const answer = await it.idp.handle(asking(authorization));
    expect([answer.status, read(answer).error]).toEqual([status, error]);
    expect(field(answer, 'www-authenticate')).toContain(`Bearer realm="idp", error="${error}"`);
  }
  expect((await it.idp.handle(asking([bearer], 'DELETE'))).status).toBe(405);
  it.idp.revoke(access_token);
  expect((await it.idp.handle(asking([bearer]))).status).toBe(401);
});

test('an expired token, and one of a client in its own name, get nothing', async () => {
  const it = await flowWorld();
  const { access_token } = await tokensFor(it);
  it.clock.skew(3_600_000);
  expect((await it.idp.handle(asking([`Bearer ${access_token}`]))).status).toBe(401);
  const own = await world();
  expect((await own.idp.handle(asking([`Bearer ${await fetchToken(own)}`]))).status).toBe(403);
});

test('a form that cannot be read is answered with a challenge, too', async () => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(post('/tenant/userinfo', 'access_token=a&access_token=b', { authorization: '' }));
  expect([answer.status, read(answer).error]).toEqual([400, 'invalid_request']);
  expect(field(answer, 'www-authenticate')).toContain('Bearer realm="idp", error="invalid_request"');
});
