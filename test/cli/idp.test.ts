import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { needing } from '../machine.ts';
import { failwell, folderOf, start } from './failwell.ts';

const run = promisify(execFile);

/** What `--json` says. */
interface Card {
  readonly issuer: string;
  readonly adminUrl?: string;
  readonly caFile?: string;
  readonly curl: string;
  readonly tenants: readonly {
    readonly name: string;
    readonly issuer: string;
    readonly endpoints: { readonly [name: string]: string };
    readonly clients: readonly { readonly id: string; readonly secret?: string }[];
    readonly users: readonly { readonly username: string; readonly password: string }[];
    readonly faults: readonly { readonly fault: string }[];
  }[];
}

/** Starts it and waits until it has said all that it says. */
async function idp(args: readonly string[], folder?: string) {
  const started = start(['idp', '--port', '0', ...args], { folder: folder ?? (await folderOf()) });
  const { child, said, done } = started;
  const last = args.includes('--json') ? /\n$/ : /Ctrl-C stops it\.\n$/;
  while (!last.test(said.stdout)) {
    const over = await Promise.race([once(child.stdout!, 'data'), done]);
    if ('exit' in over) throw new Error(`it ended: ${over.stderr}`);
  }
  return started;
}

async function card(args: readonly string[], folder?: string): Promise<Card> {
  return JSON.parse((await idp(['--json', ...args], folder)).said.stdout) as Card;
}

const take = async ({ curl }: Card) => JSON.parse((await run('sh', ['-c', curl])).stdout) as { access_token: string };

test(
  'it says what there is, the curl line gets a token as it stands, and Ctrl-C ends it',
  needing('curl'),
  async () => {
    const { child, said, done } = await idp([
      '--tls',
      '--tenant',
      'acme',
      '--users',
      '2',
      '-f',
      'token/expired-by-10m@first:1',
    ]);
    const [, issuer] = /issuer +(https:\/\/localhost:\d+)\n/.exec(said.stdout) ?? [];
    const [, caFile = ''] = /CA +(\S+)/.exec(said.stdout) ?? [];
    const [, admin] = /admin API +(https:\/\/localhost:\d+) /.exec(said.stdout) ?? [];
    expect([issuer, admin]).not.toContain(undefined);
    expect(said.stdout).toMatch(/web +secret web-secret/);
    expect(said.stdout).toMatch(/alice +password wonderland/);
    expect(said.stdout).toContain(`tenant acme: ${issuer}/acme`);
    expect(said.stdout).toContain('token/expired-by-10m@first:1: exp was 10m ago');
    const [line = ''] = /curl .*/.exec(said.stdout) ?? [];
    const [late, fresh] = [await run('sh', ['-c', line]), await run('sh', ['-c', line])].map(
      ({ stdout }) => decodeJwt((JSON.parse(stdout) as { access_token: string }).access_token).exp! * 1000 - Date.now(),
    );
    expect([late! < 0, fresh! > 0]).toEqual([true, true]);
    expect(existsSync(caFile)).toBe(true);
    child.kill('SIGINT');
    expect(await done).toMatchObject({ exit: 0, stderr: '\nStopping.\n' });
    expect(existsSync(caFile)).toBe(false);
  },
);

test('--json says it for programs; the admin API is there, or not, or behind a secret', needing('curl'), async () => {
  const it = await card(['--users', '12', '--seed', '5']);
  expect(it.tenants[0]).toMatchObject({
    name: 'default',
    issuer: it.issuer,
    clients: [{ id: 'web' }, { id: 'native' }],
  });
  expect(it.tenants[0]?.users).toHaveLength(13);
  expect((await fetch(`${it.adminUrl}/tenants`)).status).toBe(200);
  expect((await take(it)).access_token).toMatch(/^eyJ/);
  expect((await card(['--no-admin'])).adminUrl).toBeUndefined();
  const { adminUrl } = await card(['--admin-secret', 'only-for-tests']);
  expect((await fetch(`${adminUrl}/tenants`)).status).toBe(401);
  const headers = { authorization: 'Bearer only-for-tests' };
  expect((await fetch(`${adminUrl}/tenants`, { headers })).status).toBe(200);
});

test.each([
  ['idp.json', (text: string) => text],
  ['idp.mjs', (text: string) => `export default ${text};`],
])('--config reads %s, and flags count for more', needing('curl'), async (name, written) => {
  const config = {
    scope: 'a b',
    clients: [{ id: "it's a client", secret: 'a b&c/d', tokenEndpointAuthMethod: 'client_secret_post' }],
    lifetimes: { accessToken: 60 },
    fakeUsers: 1,
    tenants: { acme: { autoLogin: true } },
    faults: [{ fault: 'token/audience-other', tenant: 'acme' }],
    admin: false,
  };
  const folder = await folderOf({ [name]: written(JSON.stringify(config)) });
  const it = await card(['--config', name, '--users', '2', '-t', 'other', '-f', 'clock/fast-by-1h'], folder);
  expect(
    it.tenants.map((tenant) => [tenant.name, tenant.users.length, tenant.faults.map(({ fault }) => fault)]),
  ).toEqual([
    ['default', 3, ['clock/fast-by-1h']],
    ['other', 1, []],
    ['acme', 1, ['token/audience-other']],
  ]);
  expect(it.adminUrl).toBeUndefined();
  const { exp = 0, scope } = decodeJwt((await take(it)).access_token);
  expect(scope).toBe('a b');
  expect(exp * 1000 - Date.now()).toBeGreaterThan(3_600_000 - 5_000);
});

describe('what is wrong is said in one sentence, with exit code 2', () => {
  const cases: { readonly [what: string]: readonly [args: readonly string[], sentence: RegExp | string] } = {
    'a fault that there is not': [['-f', 'token/audience-othr'], "did you mean 'token/audience-other'?"],
    'a schedule that there is not': [['-f', 'token/audience-other@soon'], 'After the @, write first:3,'],
    'a port that is none': [['--port', '65536'], 'Write a whole number from 0 to 65535'],
    'a tenant with a name that is taken': [['-t', 'token'], "A tenant cannot be called 'token'"],
    'an issuer that is none': [['--issuer', 'idp'], "'idp' is no issuer"],
    'an admin API for everybody': [['--admin-host', '0.0.0.0'], 'give it a secret'],
    'half a certificate': [['--tls-cert', 'x.pem'], '--tls-cert and --tls-key go together'],
    'a certificate that is not there': [['--tls-cert', 'x.pem', '--tls-key', 'y.pem'], 'x.pem could not be read'],
    'a certificate that is none': [
      ['--tls-cert', 'idp.json', '--tls-key', 'idp.json'],
      'The certificate cannot be used',
    ],
    'a config that is not there': [['--config', 'none.json'], 'none.json could not be read'],
    'a config that is no JSON': [['--config', 'bad.json'], 'bad.json is not JSON'],
    'client certificates without TLS': [['--mtls'], 'Only a TLS handshake can bring client certificates'],
    'a config with a slip at the top': [['--config', 'top.json'], 'top.json: the object is not right'],
    'a module in a CommonJS package': [['--config', 'idp.ts'], 'name it idp.mts, or write "type": "module"'],
    'a config with a slip': [['--config', 'idp.json'], "idp.json: 'tenants.acme.clients[0].id' is not right"],
  };
  test.each(Object.entries(cases))('%s', async (_, [args, sentence]) => {
    const commonJs = { 'package.json': '{"type":"commonjs"}', 'idp.ts': 'export default {};' };
    const slip = JSON.stringify({ tenants: { acme: { clients: [{ secret: 'x' }] } } });
    const folder = await folderOf({ 'bad.json': '{', 'idp.json': slip, 'top.json': '{"client":[]}', ...commonJs });
    const { exit, stdout, stderr } = await failwell(['idp', '--port', '0', ...args], { folder });
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    // Node itself warns of the module that it cannot read.
    expect(stderr).toMatch(/^(\(.*\n)*failwell: .*\n$/);
    expect(stderr).toContain(sentence);
  });

  test('a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    for (const flag of ['--port', '--admin-port']) {
      const { exit, stderr } = await failwell(['idp', '--port', '0', flag, `${port}`], { folder: await folderOf() });
      expect(exit).toBe(2);
      expect(stderr).toMatch(
        /^failwell: The (IdP|admin API) cannot listen on localhost:\d+, port \d+ is in use: choose .*\n$/,
      );
    }
  });
});
