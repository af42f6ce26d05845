import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProxy } from '../../harness/proxy.ts';
import { folderOf } from '../cli/failwell.ts';
import { clients } from '../mocks/links-clients.ts';
import { harFrom } from '../reports/har-schema.ts';
import { json, proxied, served } from './fixtures.ts';

/** What an IdP says of itself, and of tokens. */
const metadata = (url: string) => ({
  issuer: url,
  jwks_uri: `${url}/keys`,
  token_endpoint: `${url}/oauth/token`,
  iss: url,
  other: 'https://localhost.example/x',
});

const idp = () => {
  let url = '';
  const started = served((request, response) => {
    const about = metadata(url);
    if (request.url === '/login')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<form action="${url}/do"><a href="${url}.example/">`);
    if (request.url === '/token.jwt')
      return void response.writeHead(200, { 'content-type': 'application/jwt' }).end(`x.${url}.y`);
    if (request.url === '/go')
      return void response
        .writeHead(302, {
          location: `${url}/next?iss=${encodeURIComponent(url)}`,
          'set-cookie': 'sid=1; Domain=localhost; Path=/; Secure; HttpOnly',
          'strict-transport-security': 'max-age=1',
        })
        .end();
    return json(() => about)(request, response);
  });
  return started.then((one) => {
    url = one.byName;
    return one;
  });
};

describe('what answers say of the far end becomes the name of the proxy', () => {
  test('but for who the issuer is, which tokens say as well', async () => {
    const { byName } = await idp();
    const { url } = await proxied({ to: byName });
    expect(await (await fetch(`${url}/.well-known/openid-configuration`)).json()).toEqual({
      ...metadata(url),
      issuer: byName,
      iss: byName,
    });
    expect(await (await fetch(`${url}/login`)).text()).toBe(`<form action="${url}/do"><a href="${byName}.example/">`);
    expect(await (await fetch(`${url}/token.jwt`)).text()).toBe(`x.${byName}.y`);
    const { headers } = await fetch(`${url}/go`, { redirect: 'manual' });
    expect(headers.get('location')).toBe(`${url}/next?iss=${encodeURIComponent(byName)}`);
    expect(headers.getSetCookie()).toEqual(['sid=1; Path=/; Secure; HttpOnly']);
    expect(headers.get('strict-transport-security')).toBeNull();
    // By whatever name it is called.
    const { port } = new URL(url);
    const here = `http://127.0.0.1:${port}`;
    expect(await (await fetch(`${here}/x`)).json()).toMatchObject({ jwks_uri: `${here}/keys` });
  });

  test('with it, if told so; or nothing does', async () => {
    const { byName } = await idp();
    const { url } = await proxied({ to: byName, rewrite: 'issuer' });
    expect(await (await fetch(url)).json()).toEqual(metadata(url));
    const { headers } = await fetch(`${url}/go`, { redirect: 'manual' });
    expect(headers.get('location')).toBe(`${url}/next?iss=${encodeURIComponent(url)}`);
    const plain = await proxied({ to: byName, rewrite: 'none' });
    expect(await (await fetch(plain.url)).json()).toEqual(metadata(byName));
  });
});

test('the far end is called by its own name, or by that of the proxy, and never told of a connection', async () => {
  const there = await served(json(() => ({})));
  const headers = { connection: 'x-mine', 'x-mine': '1', te: 'trailers', 'x-forwarded-proto': 'ftp' };
  const raw = async (url: string) => {
    await using client = clients[1]![1](url, undefined, '');
    await client.get('/', Object.entries({ ...headers, origin: url, referer: `${url}/a` }).flat());
    return there.seen.at(-1)?.headers ?? {};
  };
  const { url } = await proxied({ to: there.url });
  const own = await raw(url);
  expect(own).toMatchObject({ host: `127.0.0.1:${there.port}`, origin: there.url, referer: `${there.url}/a` });
  expect(Object.keys(own)).not.toContain('x-mine');
  expect(Object.keys(own)).not.toContain('te');
  const kept = await proxied({ to: there.url, keepHost: true });
  expect(await raw(kept.url)).toMatchObject({
    host: new URL(kept.url).host,
    'x-forwarded-host': new URL(kept.url).host,
    'x-forwarded-proto': 'http',
    origin: kept.url,
  });
});

test('a fault at an endpoint is met there alone: the discovery of the far end tells where it is', async () => {
  const there = await served(json(({ url }) => (url?.includes('.well-known') ? metadata(there.byName) : { is: url })));
  const { url, place, history } = await proxied({ to: `${there.byName}/` });
  const clear = await place('http/status-503', { at: 'jwks', schedule: { when: 'first', count: 1 } });
  const status = async (path: string) => (await fetch(url + path)).status;
  expect([await status('/oauth/token'), await status('/keys?x=1'), await status('/keys')]).toEqual([200, 503, 200]);
  await clear();
  expect(history({ endpoint: 'jwks' }).exchanges.map(({ request, faults }) => [request?.path, faults])).toEqual([
    ['/keys?x=1', ['http/status-503']],
    ['/keys', []],
  ]);
  // The proxy asked for it by itself, and that is no part of what passed.
  expect(history({ endpoint: 'discovery' }).exchanges).toEqual([]);
  expect(there.seen.filter((request) => request.url?.includes('.well-known'))).toHaveLength(2);
});

test('it believes no certificate that it has no reason to, and says so as gateways do', async () => {
  const there = await served(
    json(() => ({ fine: true })),
    { secure: true },
  );
  const get = async (options: Parameters<typeof proxied>[0]) => {
    const { url } = await proxied({ to: there.byName, tls: false, ...options });
    const answer = await fetch(url);
    return [answer.status, await answer.text()];
  };
  const [status, said] = await get({});
  expect(status).toBe(502);
  expect(said).toMatch(/^failwell proxy: https:\/\/localhost:\d+ cannot be reached: .*certificate.*\n$/);
  expect(await get({ ca: there.ca })).toEqual([200, '{"fine":true}']);
  expect(await get({ insecureUpstream: true })).toEqual([200, '{"fine":true}']);
});

test('a far end that is gone is a 502, one that breaks off is passed on as it is', async () => {
  const there = await served((_, response) => void response.socket?.destroy());
  const { url, history } = await proxied({ to: there.url });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(history().exchanges).toMatchObject([{ end: 'closed', error: { side: 'far' } }]);
  const gone = await proxied({ to: 'http://127.0.0.1:9' });
  const answer = await fetch(gone.url);
  expect([answer.status, await answer.text()]).toEqual([
    502,
    expect.stringContaining('http://127.0.0.1:9 cannot be reached: connect ECONNREFUSED 127.0.0.1:9'),
  ]);
  expect(gone.history().exchanges).toMatchObject([
    { end: 'complete', response: { status: 502 }, errors: { far: { code: 'ECONNREFUSED' } } },
  ]);
});

test.each(clients)('%s: names can be answered wrongly on the way to the far end', async (_, connect) => {
  const there = await served(json(() => ({ fine: true })));
  const { url, place, history } = await proxied({ to: there.byName });
  await using client = connect(url, undefined, '');
  expect(await client.get('/')).toMatchObject({ status: 200 });
  const clear = await place('dns/nxdomain');
  const refused = await client.get('/');
  expect([refused.status, String(refused.body)]).toEqual([502, expect.stringContaining('ENOTFOUND localhost')]);
  await clear();
  expect(await client.get('/')).toMatchObject({ status: 200 });
  expect(history().exchanges.flatMap(({ faults }) => faults)).toEqual(['dns/nxdomain']);
});

describe('the HAR', () => {
  const there = () => served(json(() => ({ access_token: 'a-token-that-1-only-has' })));
  const ask = (url: string) =>
    fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams({ client_secret: 'a-secret-of-1-client' }) });

  test.each([false, true])('has all that passed, with secrets only on demand: %s', async (unsafeKeepSecrets) => {
    const folder = await folderOf();
    const har = join(folder, 'out.har');
    const far = await there();
    const { url: to } = far;
    {
      await using proxy = await startProxy({ to, har, unsafeKeepSecrets });
      expect(existsSync(har)).toBe(true);
      await ask(proxy.url);
      const held = await proxy.place('http/hang');
      const hanging = fetch(proxy.url).catch(() => 'broken off');
      await expect.poll(() => far.seen.length).toBe(2);
      await held();
      expect(await hanging).toBe('broken off');
    }
    const text = readFileSync(har, 'utf8');
    expect(harFrom(text).log.entries.length).toBeGreaterThan(0);
    const { log } = JSON.parse(text) as { log: { version: string; entries: Record<string, never>[] } };
    expect(log.version).toBe('1.2');
    expect(log.entries).toMatchObject([
      { request: { method: 'POST', url: `${to}/token` }, response: { status: 200 } },
      { request: { method: 'GET', url: `${to}/` }, _faults: ['http/hang'], _end: 'hung' },
    ]);
    const began = Date.parse(String(log.entries[0]?.startedDateTime));
    expect(Math.abs(Date.now() - began)).toBeLessThan(20_000);
    for (const secret of ['a-token-that-1-only-has', 'a-secret-of-1-client'])
      expect(text.includes(secret)).toBe(unsafeKeepSecrets);
    if (process.platform !== 'win32') expect(statSync(har).mode & 0o077).toBe(0);
  });
});

test('what a proxy cannot hold is refused in a sentence', async () => {
  const { url: to } = await served(json(() => ({})));
  const { place } = await proxied({ to });
  await expect(place('tls/expired-certificate')).rejects.toThrow('serves plain HTTP: start it with --tls.');
  await expect(place('token/audience-other')).rejects.toThrow('on a proxy only faults of the layers dns, tcp, tls');
  await expect(place('tcp/refused', { at: 'jwks' })).rejects.toThrow(
    /^The fault tcp\/refused cannot stand here: .*\.$/,
  );
  await expect(place('http/statu-503')).rejects.toThrow("did you mean 'http/status-503'?");
});

test.each([
  [{ to: 'idp.example' }, "'idp.example' is no target: write an http or https URL"],
  [{ to: 'ftp://idp.example' }, 'is no target'],
  [{ to: 'https://no-such-host.invalid' }, 'There is no host no-such-host.invalid: correct the target (--to).'],
  [{ to: 'http://localhost:1', only: ['a'] }, 'leave out the hosts to open up (--only).'],
  [{ to: 'http://localhost:1', keepHost: true, rewrite: 'issuer' as const }, 'leave out --rewrite or --keep-host.'],
  [{ to: 'http://localhost:1', ca: '/none.pem' }, '/none.pem could not be read: name a PEM file.'],
  [{ tls: true }, 'leave out --tls.'],
  [{ only: ['idp.example:8443'] }, 'without scheme and port (--only).'],
  [{ keepHost: true }, 'leave out --rewrite and --keep-host.'],
  [{ host: '0.0.0.0' }, 'keep it on localhost, or say --open-proxy.'],
  [{ har: '/no/such/folder/out.har' }, 'cannot be written'],
])('what cannot be is refused in a sentence: %j', async (options, sentence) => {
  await expect(startProxy(options)).rejects.toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(sentence) }),
  );
});
