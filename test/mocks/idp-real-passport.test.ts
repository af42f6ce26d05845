import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { Passport } from 'passport';
import Strategy from 'passport-openidconnect';
import { expect, test } from 'vitest';
import { web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';
import { openTab } from './idp-tab.ts';

/** Sessions in memory, with as much of `express-session` as passport uses. */
function sessions(): RequestHandler {
  const stored = new Map<string, object>();
  return (request, response, next) => {
    const open = (id: string, data: object) => {
      const regenerate = (done: () => void) => {
        stored.delete(id);
        open(randomUUID(), {});
        done();
      };
      stored.set(id, data);
      response.setHeader('set-cookie', `app=${id}; Path=/; HttpOnly`);
      Object.assign(request, {
        session: Object.setPrototypeOf(data, { regenerate, save: (done: () => void) => done() }),
      });
    };
    const [, id = ''] = /\bapp=([^;]+)/.exec(request.headers.cookie ?? '') ?? [];
    const data = stored.get(id);
    open(data ? id : randomUUID(), data ?? {});
    next();
  };
}

/** An application as the package's documentation shows it, and the IdP that it logs its users in with. */
async function app() {
  const passport = new Passport();
  const server = express()
    .use(sessions(), passport.session())
    .get('/login', passport.authenticate('openidconnect'))
    .get('/cb', passport.authenticate('openidconnect', { failWithError: true, successRedirect: '/' }))
    .get('/', (request, response) => void response.json(Object(request).user ?? null))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { ...web, tokenEndpointAuthMethod: 'client_secret_post', redirectUris: [`${url}/cb`] } as const;
  const it = await served({ clients: [client] });
  const { authorization, token, userinfo } = it.idp.endpoints;
  const options = {
    issuer: it.issuer.href,
    authorizationURL: authorization,
    tokenURL: token,
    userInfoURL: userinfo,
    clientID: client.id,
    clientSecret: client.secret,
    callbackURL: '/cb',
    scope: ['profile', 'email'],
    nonce: true,
    maxAge: 300,
    skipUserProfile: false,
  };
  passport.use(new Strategy(options, (issuer, profile, done) => done(null, { issuer, ...profile })));
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((user, done) => done(null, user));
  const close = async () => {
    await new Promise((resolve) => server.close(resolve));
    await it[Symbol.asyncDispose]();
  };
  return { url, issuer: it.issuer.href, follow: it.follow, [Symbol.asyncDispose]: close };
}

test('a user logs in and is known by UserInfo', async () => {
  await using it = await app();
  const { visit, submit } = openTab();
  const form = await submit(await visit(`${it.url}/login`), { username: 'alice', password: 'wrong' });
  expect(form.text).toContain('password is wrong');
  const home = await submit(form, { username: 'alice', password: 'wonderland' });
  expect(home.url.href).toBe(`${it.url}/`);
  expect(JSON.parse(home.text)).toMatchObject({
    issuer: it.issuer,
    id: 'user-1',
    displayName: 'Alice',
    emails: [{ value: 'alice@example.com' }],
  });
  // The session at the IdP stands, so that no page comes between.
  expect((await visit(`${it.url}/login`)).url.href).toBe(`${it.url}/`);
  expect((await openTab().visit(it.url)).text).toBe('null');
});

test('a user who says no, and one whose answer was begun by somebody else, stay out', async () => {
  await using it = await app();
  const unwilling = openTab();
  const refused = await unwilling.submit(await unwilling.visit(`${it.url}/login`), { decision: 'deny' });
  expect(refused).toMatchObject({ status: 401 });
  expect((await unwilling.visit(it.url)).text).toBe('null');

  const attacker = await fetch(`${it.url}/login`, { redirect: 'manual' });
  const planted = await it.follow(attacker.headers.get('location') as string, 'bob');
  const victim = openTab();
  await victim.visit(`${it.url}/login`);
  expect(await victim.visit(planted.href)).toMatchObject({ status: 403 });
  expect((await victim.visit(it.url)).text).toBe('null');
});
