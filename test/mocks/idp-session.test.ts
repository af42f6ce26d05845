import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../harness/model/http.ts';
import { field, get, text } from './idp-fixtures.ts';
import { asking, callback, createBrowser, flowWorld, returned } from './idp-flow-fixtures.ts';

const login = { username: 'alice', password: 'wonderland', decision: 'log-in' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What the frame can read of the browser's cookies. */
const readable = ({ headers }: HttpAnswer) =>
  headers
    .filter(([name, value]) => name === 'set-cookie' && !value.includes('HttpOnly'))
    .map(([, value]) => /^([^=]+)=([^;]*)/.exec(value)?.slice(1) ?? []);

test('session_state is what the frame will compute', async () => {
  const browser = createBrowser(await flowWorld());
  const done = await browser.submit(await browser.visit(asking()), login);
  const [[, state] = []] = readable(done);
  const { session_state = '' } = returned(done);
  const [hash, salt] = session_state.split('.');
  expect(hash).toBe(sha256(`web ${new URL(callback).origin} ${state} ${salt}`));
  const next = returned(await browser.visit(asking({ prompt: 'none' })));
  expect(next.session_state).not.toBe(session_state);
  expect(next.session_state?.split('.')[1]).not.toBe(salt);
});

test('what the frame can read opens nothing, and changes with every login', async () => {
  const it = await flowWorld();
  const browser = createBrowser(it);
  const done = await browser.submit(await browser.visit(asking()), login);
  const [[name, state] = []] = readable(done);
  const again = await browser.submit(await browser.visit(asking({ prompt: 'login' })), login);
  expect(readable(again)[0]?.[0]).toBe(name);
  expect(readable(again)[0]?.[1]).not.toBe(state);
  for (const cookie of [...browser.jar.keys()].map((key) => `${key}=${state}`))
    expect(returned(await it.idp.handle(asking({ prompt: 'none' }, cookie)))).toMatchObject({
      error: 'login_required',
    });
});

test('plain OAuth knows no session', async () => {
  const { idp } = await flowWorld();
  const answer = returned(await idp.handle(asking({ scope: 'items:read' }, idp.logIn('alice'))));
  expect(Object.keys(answer).toSorted()).toEqual(['code', 'iss', 'state']);
});

test('the frame may be framed, and runs one script', async () => {
  const it = await flowWorld();
  const page = await it.idp.handle(get('/tenant/check-session'));
  expect([page.status, field(page, 'x-frame-options')]).toEqual([200, undefined]);
  const policy = field(page, 'content-security-policy');
  expect(policy).not.toContain('frame-ancestors');
  const [, script = ''] = /<script>(.*)<\/script>/s.exec(text(page)) ?? [];
  expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect((await it.idp.handle(get('/tenant/check-session', 'POST'))).status).toBe(405);
});
