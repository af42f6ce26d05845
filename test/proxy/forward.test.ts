import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectTcp, createServer } from 'node:net';
import { promisify } from 'node:util';
import { ProxyAgent, request } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunningProxy } from '../../harness/proxy.ts';
import { machine, needing } from '../machine.ts';
import { json, proxied, served } from './fixtures.ts';

const run = promisify(execFile);
const fine = json(({ url, headers }) => ({ url, headers }));

/** What a client makes of a request through a proxy. */
interface Saw {
  readonly status?: number;
  readonly text?: string;
  readonly code?: string;
}

/** undici asks for a tunnel, whatever the scheme. */
async function byUndici(proxy: RunningProxy, url: string): Promise<Saw> {
  await using agent = closing(new ProxyAgent({ uri: proxy.url, requestTls: { ca: proxy.ca!.pem } }));
  try {
    const answer = await request(url, { dispatcher: agent.dispatcher, signal: AbortSignal.timeout(5_000) });
    return { status: answer.statusCode, text: await answer.body.text() };
  } catch (problem) {
    const { code, message } = problem as { code?: string; message: string };
    return { code: code ?? message };
  }
}

const closing = (dispatcher: ProxyAgent) => ({ dispatcher, [Symbol.asyncDispose]: () => dispatcher.destroy() });

/** curl asks for a tunnel for https, and sends all else in absolute form. */
async function byCurl(proxy: RunningProxy, url: string, ...more: string[]): Promise<Saw> {
  const trust = ['--cacert', proxy.ca!.file, '--noproxy', '', '--proxy', proxy.url, '-m', '5'];
  try {
    const { stdout } = await run(machine.curl!, [
      '-sS',
      ...trust,
      '-w',
      '\n%{http_code} %{http_connect}',
      ...more,
      url,
    ]);
    const at = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(at + 1).split(' ')[0]), text: stdout.slice(0, at) };
  } catch (problem) {
    const { code, stderr } = problem as { code: number; stderr: string };
    return { code: `curl:${code}`, text: stderr };
  }
}

const all = [
  ['undici', byUndici],
  ['curl', byCurl],
] as const;

describe.each(all)('%s', needing('curl'), (name, ask) => {
  test('gets what is there, over TLS and without, by the names that it asked for', async () => {
    const secure = await served(fine, { secure: true });
    const plain = await served(fine);
    const proxy = await proxied({ ca: secure.ca });
    for (const { byName, port } of [secure, plain]) {
      const { status, text = '' } = await ask(proxy, `${byName}/a?b=1`);
      expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ url: '/a?b=1' })]);
      expect(JSON.parse(text).headers.host).toBe(`localhost:${port}`);
      expect(Object.keys(JSON.parse(text).headers)).not.toContain('proxy-connection');
    }
    expect(proxy.history().exchanges.map(({ origin, end }) => [origin, end])).toEqual([
      [secure.byName, 'complete'],
      [plain.byName, 'complete'],
    ]);
  });

  test('meets faults of every layer, and no longer when they are cleared', async () => {
    const there = await served(fine, { secure: true });
    const proxy = await proxied({ ca: there.ca });
    const sees = { undici: 0, curl: 1 }[name];
    const cases: readonly [fault: string, ...(Saw | RegExp)[]][] = [
      ['tcp/reset', /UND_ERR|ECONNRESET/, /^curl:35$/],
      ['tcp/refused', /502|UND_ERR_ABORTED/, /^curl:(56|7)$/],
      ['tls/expired-certificate', /^CERT_HAS_EXPIRED$/, /^curl:60$/],
      ['tls/wrong-host', /^ERR_TLS_CERT_ALTNAME_INVALID$/, /^curl:60$/],
      ['http/truncated', /UND_ERR_SOCKET|terminated/, /^curl:18$/],
      ['http/status-503', { status: 503 }, { status: 503 }],
      ['document/empty', { status: 200, text: '' }, { status: 200, text: '' }],
      ['dns/nxdomain', /502|UND_ERR_ABORTED/, /^curl:(56|7)$/],
    ];
    for (const [fault, ...expected] of cases) {
      const clear = await proxy.place(fault);
      const saw = await ask(proxy, there.byName);
      const wanted = expected[sees] as Saw | RegExp;
      if (wanted instanceof RegExp) expect(saw.code, fault).toMatch(wanted);
      else expect(saw, fault).toMatchObject(wanted);
      await clear();
      expect(await ask(proxy, there.byName), fault).toMatchObject({ status: 200 });
    }
  });

  test('passes untouched to any host but those that are named', async () => {
    const there = await served(fine, { secure: true });
    const plain = await served(fine);
    const proxy = await proxied({ only: ['idp.example', '*.elsewhere.example'] });
    await proxy.place('http/status-503');
    await proxy.place('tls/expired-certificate');
    // Its own certificate shows, which this client does not trust.
    expect((await ask(proxy, there.byName)).code).toMatch(
      /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|curl:60)$/,
    );
    expect(await ask(proxy, plain.byName)).toMatchObject({ status: 200 });
    expect(proxy.history().exchanges).toEqual([]);
  });
});

test('real proxies answer 502 for a name that does not resolve, and so does this one', needing('curl'), async () => {
  const there = await served(fine);
  const proxy = await proxied();
  await proxy.place('dns/nxdomain', { host: 'localhost' });
  const refused = await byCurl(proxy, there.byName);
  expect(refused).toMatchObject({
    status: 502,
    text: expect.stringContaining('the name localhost does not resolve (NXDOMAIN)'),
  });
  // Another host is not concerned.
  expect(await byCurl(proxy, there.url)).toMatchObject({ status: 200 });
  expect(await byCurl(proxy, 'http://no-such-host.invalid/')).toMatchObject({ status: 502 });
  expect(await byCurl(proxy, 'https://no-such-host.invalid/')).toMatchObject({ code: 'curl:56' });
});

test('bodies pass in either framing, and what is for the proxy alone does not', needing('curl'), async () => {
  const there = await served(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.end(JSON.stringify({ headers: request.headers, body: String(Buffer.concat(chunks)) }));
  });
  const proxy = await proxied();
  const body = 'x'.repeat(100_000);
  for (const more of [[], ['-H', 'Transfer-Encoding: chunked'], ['-H', 'Expect: 100-continue']]) {
    const said = await byCurl(proxy, there.byName, '--data', body, '--proxy-user', 'a:b', ...more);
    const { headers, body: arrived } = JSON.parse(said.text ?? '');
    expect(arrived.length).toBe(body.length);
    expect(Object.keys(headers)).not.toContain('proxy-authorization');
  }
});

test('Node itself goes through it by its environment', async () => {
  const there = await served(fine, { secure: true });
  const proxy = await proxied({ ca: there.ca });
  await proxy.place('http/status-410');
  const program = `const { status } = await fetch(${JSON.stringify(there.byName)}); console.log(status);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    env: { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: proxy.url, NO_PROXY: 'none', NODE_EXTRA_CA_CERTS: proxy.ca!.file },
  });
  expect(stdout).toBe('410\n');
});

test('what is no request for a proxy is told so', async () => {
  const proxy = await proxied();
  const { port } = new URL(proxy.url);
  const raw = async (text: string) => {
    const socket = connectTcp(Number(port), '127.0.0.1');
    socket.write(text);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    return String(Buffer.concat(chunks));
  };
  expect(await raw('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 [\s\S]*give it to your client as HTTP_PROXY/,
  );
  expect(await raw('GET https://a.example/ HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*CONNECT/);
  expect(await raw('CONNECT nowhere HTTP/1.1\r\nHost: nowhere\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 [\s\S]*no host with a port/,
  );
  expect(await raw('CONNECT a@b:443 HTTP/1.1\r\nHost: b\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('it stops at once, whatever passes through it', async () => {
  const proxy = await proxied({ only: ['idp.example'] });
  const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as { port: number };
  const socket = connectTcp(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.on('error', () => undefined).write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await proxy[Symbol.asyncDispose]();
  await closed;
});
