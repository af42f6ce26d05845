import { expect, test } from 'vitest';
import { recognise, submission } from '../../harness/stage/user-agent/forms.ts';
import { readHtml } from '../../harness/stage/user-agent/html.ts';
import { userAgent } from '../../harness/stage/user-agent/user-agent.ts';
import { walk } from '../../harness/stage/user-agent/walk.ts';
import type { OpenLink } from '../../mocks/links/link.ts';

const alice = { username: 'alice', password: 'p&w' };
const page = 'https://idp.example/login?x=1';

const filledIn = (html: string, answer: 'yes' | 'no' = 'yes') => {
  const found = recognise(readHtml(html), alice, answer);
  if (found === undefined || 'link' in found) return found;
  const { method, url, body } = submission(page, found.form, found.submit);
  return { as: found.as, method, url, body };
};

test('a login form in the manner of Keycloak: hidden fields, a box to tick, a relative action with entities', () => {
  const html = `<!DOCTYPE html><html><head><title>Sign in</title><script>if (1 < 2) document.write("<form>")</script></head>
    <body><!-- <form action="/wrong"><input type=password name=x></form> -->
    <form id="kc-form-login" action="/realms/a/login-actions/authenticate?a=1&amp;b=2" method="post">
      <input tabindex="2" id="username" name="username" value="" type="text" autofocus autocomplete="username"/>
      <input id='password' name='password' value='' type='password'>
      <input type=checkbox name=rememberMe>
      <input type="hidden" id="id-hidden-input" name="credentialId" />
      <input name="login" id="kc-login" type="submit" value="Sign In"/>
    </form></body></html>`;
  expect(filledIn(html)).toEqual({
    as: 'login',
    method: 'POST',
    url: 'https://idp.example/realms/a/login-actions/authenticate?a=1&b=2',
    body: 'username=alice&password=p%26w&credentialId=&login=Sign+In',
  });
});

test('a login on two pages: the name first, the password after it', () => {
  expect(filledIn('<form method=post><input name=login_email type=email><button>Next</button></form>')).toMatchObject({
    as: 'login',
    url: page,
    body: 'login_email=alice',
  });
  expect(filledIn('<form method=post><input name=pass type=password></form>')).toMatchObject({ body: 'pass=p%26w' });
});

test('a consent is given or refused by its buttons, and boxes are ticked', () => {
  const html = `<form method="post" action="consent"><input type="hidden" name="csrf" value="&quot;t&#x27;&#39;">
    <label><input type="checkbox" name="scope" value="items:read"> read</label>
    <button name="decision" value="deny">No, thanks</button><button name="decision" value="allow">Allow</button></form>`;
  expect(filledIn(html)).toMatchObject({
    as: 'consent',
    url: 'https://idp.example/consent',
    body: 'csrf=%22t%27%27&scope=items%3Aread&decision=allow',
  });
  expect(filledIn(html, 'no')).toMatchObject({ body: expect.stringContaining('decision=deny') });
});

test('where only a link says no, it is followed', () => {
  const html = '<form method="post"><button>Continue</button></form><a href="/interaction/1/abort">[ Cancel ]</a>';
  expect(filledIn(html, 'no')).toEqual({ as: 'refusal', link: '/interaction/1/abort' });
  expect(filledIn(html)).toMatchObject({ as: 'consent' });
});

test('a search form, a page without forms and what is no HTML are left alone', () => {
  for (const html of ['<form action="/search"><input name="q"></form>', '<p>Welcome</p>', '{"error":"x"}', ''])
    expect(filledIn(html)).toBeUndefined();
});

test('text is read without its markup, as is what a script would do', () => {
  const html = readHtml(
    '<title>A &amp; B</title><style>p{}</style><p>one</p><p>two &lt;3</p><body onload="document.forms[0].submit()">',
  );
  expect(html).toMatchObject({ title: 'A & B', text: 'one\ntwo <3', submitsItself: true });
});

test('a huge page is read in no time, and so is one that never ends', () => {
  const began = performance.now();
  for (const html of [
    '<'.repeat(300_000),
    '<form '.repeat(60_000),
    `<input ${'a="'.repeat(90_000)}`,
    '&'.repeat(300_000),
  ])
    readHtml(html);
  expect(performance.now() - began).toBeLessThan(3_000);
});

interface Place {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** A user agent in a world of these places, which notes its requests. */
function inWorld(places: { readonly [path: string]: Place }) {
  const seen: string[] = [];
  const send: OpenLink['send'] = async ({ method, path, headers, body }) => {
    const cookie = headers.find(([name]) => name === 'Cookie')?.[1] ?? '';
    seen.push([method, path, cookie, new TextDecoder().decode(body)].filter(Boolean).join(' '));
    const { status, headers: answered = [], body: text = '' } = places[path] ?? { status: 404 };
    return { exchangeId: 'x', end: 'complete', answer: { status, headers: answered, body: Buffer.from(text) } };
  };
  const agent = userAgent({ linkTo: ({ host }) => (host === 'idp.example' ? { send } : undefined), headers: () => [] });
  const signal = AbortSignal.timeout(5_000);
  const go = (url: string, act?: Parameters<typeof walk>[0]['act']) =>
    walk({ agent, request: { method: 'GET', url }, signal, ...(act && { act }) });
  return { seen, go };
}

test('redirections are followed with the cookies that were set, until they lead away', async () => {
  const { seen, go } = inWorld({
    '/a': {
      status: 303,
      headers: [
        ['Location', '/b'],
        ['Set-Cookie', 'sid=1; Path=/; HttpOnly; Secure'],
      ],
    },
    '/b': { status: 302, headers: [['Location', 'https://client.example/callback?code=1']] },
  });
  expect(await go('https://idp.example/a')).toMatchObject({
    at: 'elsewhere',
    url: 'https://client.example/callback?code=1',
  });
  expect(seen).toEqual(['GET /a', 'GET /b sid=1']);
});

test('a form that posts itself is followed within, and is what is posted when it leads away', async () => {
  const form = (action: string) =>
    `<form method="post" action="${action}"><input type="hidden" name="code" value="1&amp;2"></form><script>document.forms[0].submit()</script>`;
  const { seen, go } = inWorld({
    '/a': { status: 200, body: form('/b') },
    '/b': { status: 200, body: form('https://client.example/callback') },
  });
  expect(await go('https://idp.example/a')).toMatchObject({
    at: 'elsewhere',
    url: 'https://client.example/callback',
    posted: [['code', '1&2']],
  });
  expect(seen).toEqual(['GET /a', 'POST /b code=1%262']);
});

test('a circle ends', async () => {
  const { go } = inWorld({ '/a': { status: 302, headers: [['Location', '/a']] } });
  expect(await go('https://idp.example/a')).toMatchObject({ at: 'nowhere' });
});

test('what the script of a page sends goes first, with its cookies; its first error status is where the walk ends', async () => {
  const places = {
    '/login': { status: 200, body: '<title>Log in</title>' },
    '/api/auth': { status: 200, headers: [['Set-Cookie', 'sid=1; Path=/; Secure'] as const] },
    '/api/grant': { status: 200 },
    '/back': { status: 302, headers: [['Location', 'https://client.example/callback?code=1'] as const] },
  };
  const url = (path: string) => `https://idp.example${path}`;
  const script = () => ({
    method: 'GET',
    url: url('/back'),
    after: [
      { method: 'POST', url: url('/api/auth'), body: '{"username":"alice"}' },
      { method: 'PUT', url: url('/api/grant'), body: '{"scope":"openid"}' },
    ],
  });
  const { seen, go } = inWorld(places);
  expect(await go(url('/login'), script)).toMatchObject({
    at: 'elsewhere',
    url: 'https://client.example/callback?code=1',
  });
  expect(seen).toEqual([
    'GET /login',
    'POST /api/auth {"username":"alice"}',
    'PUT /api/grant sid=1 {"scope":"openid"}',
    'GET /back sid=1',
  ]);
  const refusing = inWorld({ ...places, '/api/auth': { status: 401 } });
  expect(await refusing.go(url('/login'), script)).toMatchObject({ at: 'page', page: { status: 401 } });
  expect(refusing.seen).toHaveLength(2);
});
