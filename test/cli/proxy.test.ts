import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { machine, needing } from '../machine.ts';
import { json, served } from '../proxy/fixtures.ts';
import { failwell, folderOf, start } from './failwell.ts';

const run = promisify(execFile);

/** Starts it and waits until it has said all that it says. */
async function proxy(args: readonly string[], folder: string) {
  const started = start(['proxy', '--port', '0', ...args], { folder });
  const { child, said, done } = started;
  const last = args.includes('--json') ? /\n$/ : /Ctrl-C stops it\.\n$/;
  while (!last.test(said.stdout)) {
    const over = await Promise.race([once(child.stdout!, 'data'), done]);
    if ('exit' in over) throw new Error(`it ended: ${over.stderr}`);
  }
  return started;
}

test(
  'it stands in front of a server, says how to trust it, and writes the HAR on Ctrl-C',
  needing('curl'),
  async () => {
    const there = await served(
      json(() => ({ fine: true })),
      { secure: true },
    );
    const folder = await folderOf();
    const args = ['--to', there.byName, '--ca', there.ca, '--har', 'out.har', '-f', 'tls/expired-certificate@first:1'];
    const { child, said, done } = await proxy([...args, '-f', 'http/status-503@jwks'], folder);
    const [, url = ''] = /here +(https:\/\/localhost:\d+)\n/.exec(said.stdout) ?? [];
    const [, ca = ''] = /CA +(\S+)\n/.exec(said.stdout) ?? [];
    expect(said.stdout).toContain('tls/expired-certificate@first:1: the certificate has expired');
    expect(said.stdout).toContain('http/status-503@jwks: ');
    const { stdout: bundle } = await run('sh', [
      '-c',
      `${/export CURL_CA_BUNDLE=.*/.exec(said.stdout)?.[0]}; echo $CURL_CA_BUNDLE`,
    ]);
    expect(bundle.trim()).toBe(ca);
    for (const word of ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'keytool -importcert', 'update-ca-certificates'])
      expect(said.stdout).toContain(word);
    const call = () => run(machine.curl!, ['-sS', '--noproxy', '*', '--cacert', ca, url]);
    await expect(call()).rejects.toMatchObject({ code: 60 });
    expect((await call()).stdout).toBe('{"fine":true}');
    child.kill('SIGINT');
    expect(await done).toMatchObject({ exit: 0, stderr: '\nStopping.\n' });
    const { log } = JSON.parse(readFileSync(join(folder, 'out.har'), 'utf8'));
    expect(log.entries).toMatchObject([
      { _end: 'tls-failed', _faults: ['tls/expired-certificate'] },
      { _end: 'complete', request: { url: `${there.byName}/` }, response: { status: 200 } },
    ]);
  },
);

test('without a target it is a forward proxy that says how to use it', needing('curl'), async () => {
  const there = await served(
    json(() => ({ fine: true })),
    { secure: true },
  );
  const folder = await folderOf();
  const args = ['--json', '--ca', there.ca, '--authority', 'ca', '-f', 'dns/nxdomain@first:1'];
  const { said } = await proxy(args, folder);
  const card = JSON.parse(said.stdout) as { url: string; adminUrl: string; caFile: string };
  expect(card).toMatchObject({ caFile: join(folder, 'ca/ca.pem'), faults: [{ fault: 'dns/nxdomain' }] });
  const trust = ['--cacert', card.caFile, '--noproxy', '', '--proxy', card.url];
  const call = () => run(machine.curl!, ['-sS', ...trust, there.byName]);
  await expect(call()).rejects.toMatchObject({ code: 56 });
  expect((await call()).stdout).toBe('{"fine":true}');
  expect((await fetch(`${card.adminUrl}/proxy/faults`)).status).toBe(200);
  const text = await proxy([], folder);
  expect(text.said.stdout).toMatch(/export HTTP_PROXY=(http:\/\/localhost:\d+) HTTPS_PROXY=\1 /);
});

describe('what is wrong is said in one sentence, with exit code 2', () => {
  test.each([
    [['-f', 'http/statu-503'], "did you mean 'http/status-503'?"],
    [['-f', 'http/status-503@soon'], 'After the @, write first:3,'],
    [['-f', 'http/status-503@jwks@token'], 'one endpoint and one schedule at most'],
    [['-f', 'token/audience-other'], 'on a proxy only faults of the layers dns, tcp, tls, http and document can stand'],
    [['--to', 'idp.example'], "'idp.example' is no target"],
    [['--to', 'https://no-such-host.invalid'], 'There is no host no-such-host.invalid'],
    [['--to', 'http://localhost:1', '--to', 'http://localhost:2'], 'One proxy has one target: start another one'],
    [['--to', 'http://localhost:1', '-f', 'tls/revoked'], 'start it with --tls'],
    [['--host', '0.0.0.0'], '--open-proxy'],
    [['--to', 'http://localhost:1', '--host', 'no-such-host.invalid'], 'there is no host no-such-host.invalid'],
    [['--rewrite', 'all'], '--rewrite'],
    [['--to', 'http://localhost:1', '--tls-cert', 'a'], '--tls-cert and --tls-key go together'],
    [['--ca', 'none.pem'], 'none.pem could not be read: name a PEM file.'],
    [['--har', 'none/out.har'], 'name another file (--har).'],
    [['--unsafe-keep-secrets'], '--unsafe-keep-secrets is about the file of --har'],
    [['--only', 'https://idp.example'], "'https://idp.example' is no host: write idp.example"],
    [['--only', ''], "'' is no host"],
    [['--to', 'http://a:b@localhost:1'], 'without user, query and fragment'],
  ])('%j', async (args, sentence) => {
    const { exit, stdout, stderr } = await failwell(['proxy', '--port', '0', ...args], { folder: await folderOf() });
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(/^failwell: .*\n$/);
    expect(stderr).toContain(sentence);
  });

  test.each([[[]], [['--to', 'http://localhost:1']]])('a port that is in use: %j', async (args) => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { exit, stderr } = await failwell(['proxy', '--port', `${port}`, ...args], { folder: await folderOf() });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^failwell: The proxy cannot listen on localhost:\d+, port \d+ is in use: choose .*\n$/);
  });
});
