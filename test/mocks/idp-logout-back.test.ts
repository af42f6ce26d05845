import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import type { Call, OutgoingRequest } from '../../mocks/idp/outgoing.ts';
import type { Client } from '../../mocks/idp/registration/client.ts';
import { basic, get, paths, post, read, start, text, type World } from './idp-fixtures.ts';
import { asking, callback, flowWorld, redeeming, returned, web } from './idp-flow-fixtures.ts';

const client = (id: string, more: Partial<Client> = {}): Client => ({
  ...web,
  id,
  backchannelLogoutUri: `https://${id}.example/logout`,
  ...more,
});
const [one, two, silent] = [
  client('one'),
  client('two'),
  client('silent', { backchannelLogoutUri: undefined } as never),
];

/** A world that remembers what the IdP sent. */
async function listening(clients: readonly [Client, ...Client[]] = [one, two, silent], answer?: Call) {
  const sent: OutgoingRequest[] = [];
  const call: Call = async (request) => {
    sent.push(request);
    return answer ? answer(request) : { status: 200, body: new Uint8Array() };
  };
  const it = await flowWorld({ clients, call });
  return { it, sent };
}

/** A login of alice at these clients. Returns the ID tokens and how she leaves. */
async function loggedInAt({ idp }: World, ...clients: readonly Client[]) {
  const cookie = idp.logIn('alice');
  const tokens: string[] = [];
  for (const { id, secret = '' } of clients) {
    const { code = '' } = returned(await idp.handle(asking({ client_id: id, redirect_uri: callback }, cookie)));
    const form = redeeming(code) as { readonly [name: string]: string };
    const answer = await idp.handle(post(paths.token, form, { authorization: basic({ id, secret }) }));
    tokens.push(String(read(answer).id_token));
  }
  const leave = () =>
    idp.handle({ ...get(`/tenant/logout?id_token_hint=${tokens[0]}`), headers: [['cookie', cookie]] });
  return { tokens, leave };
}

const tokenIn = ({ body }: OutgoingRequest) =>
  new URLSearchParams(Buffer.from(body).toString()).get('logout_token') as string;

test('every client that took part gets a logout token of its own', async () => {
  const { it, sent } = await listening();
  const { tokens, leave } = await loggedInAt(it, one, silent, two);
  await loggedInAt(it, client('one'));
  expect(text(await leave())).toContain('You are logged out');
  expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST https://one.example/logout',
    'POST https://two.example/logout',
  ]);
  const jwks = read(await it.idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet;
  for (const [at, request] of sent.entries()) {
    expect(request.headers).toEqual([['content-type', 'application/x-www-form-urlencoded']]);
    const { payload, protectedHeader } = await jwtVerify(tokenIn(request), createLocalJWKSet(jwks), {
      issuer: it.idp.issuer,
      typ: 'logout+jwt',
      currentDate: new Date(start),
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toEqual({
      iss: it.idp.issuer,
      sub: 'user-1',
      aud: ['one', 'two'][at],
      iat: start / 1000,
      exp: start / 1000 + 120,
      jti: expect.any(String),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      sid: decodeJwt(tokens[0] as string).sid,
    });
  }
  expect(new Set(sent.map(tokenIn)).size).toBe(2);
  const twice = await leave();
  expect([twice.status, sent.length]).toEqual([200, 2]);
});

test('a client may do without sid, and wants its own signature', async () => {
  const { it, sent } = await listening([
    client('one', { backchannelLogoutSessionRequired: false, idTokenSignedResponseAlg: 'HS256' }),
  ]);
  const { leave } = await loggedInAt(it, one);
  await leave();
  const token = tokenIn(sent[0] as OutgoingRequest);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'logout+jwt' });
  const { payload } = await jwtVerify(token, Buffer.from(web.secret), { currentDate: new Date(start) });
  expect([payload.sub, payload.sid]).toEqual(['user-1', undefined]);
});

test('a client that cannot be reached, or is gone, keeps nobody logged in', async () => {
  const { it, sent } = await listening([one, two], async ({ url }) => {
    if (url.includes('one')) throw new Error('refused');
    return { status: 500, body: new Uint8Array() };
  });
  const { leave } = await loggedInAt(it, one, two);
  it.idp.clients.remove('two');
  expect(text(await leave())).toContain('You are logged out');
  expect(sent.map(({ url }) => url)).toEqual(['https://one.example/logout']);
});

test('a fault on the logout token meets only the client that it is bound to', async () => {
  const { it, sent } = await listening();
  const fault = {
    id: 'test/no-events',
    layer: 'token',
    seam: 'logout-token',
    cause: 'token/claims',
    summary: '',
    apply: (draft: { payload: object }) => ({ ...draft, payload: { ...draft.payload, events: undefined } }),
  } as never;
  it.idp.place({ fault, on: 'idp', only: { client: 'two' }, schedule: { when: 'always' } }, seeded(1, 'x'));
  const { leave } = await loggedInAt(it, one, two);
  const { faults } = await leave();
  expect(faults).toEqual(['test/no-events']);
  expect(sent.map((request) => 'events' in decodeJwt(tokenIn(request)))).toEqual([true, false]);
});

test('whoever runs the IdP can end all sessions of a user', async () => {
  const { it, sent } = await listening();
  await loggedInAt(it, one);
  const { leave } = await loggedInAt(it, two);
  await it.idp.logOut('bob');
  expect(sent).toEqual([]);
  await it.idp.logOut('alice');
  expect(sent.map(({ url }) => url)).toEqual(['https://one.example/logout', 'https://two.example/logout']);
  await leave();
  expect(sent).toHaveLength(2);
  await expect(it.idp.logOut('nobody')).rejects.toMatchObject({ code: 'usage' });
});

test('the metadata promises no more than there is', async () => {
  const { it } = await listening();
  const said = async ({ idp }: World) => {
    const document = read(await idp.handle(get('/tenant/.well-known/openid-configuration')));
    return [document.backchannel_logout_supported, document.backchannel_logout_session_supported];
  };
  expect(await said(it)).toEqual([true, true]);
  expect(await said(await flowWorld())).toEqual([false, false]);
});
