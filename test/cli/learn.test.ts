import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderOf, start } from './failwell.ts';

/** An IdP that registers clients and shows nobody a login page: its authorization endpoint never answers. */
async function openSilentOp() {
  const asked: string[] = [];
  const atLogin = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (request.url?.split('?')[0]) {
      case '/.well-known/openid-configuration':
        return void send(200, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          registration_endpoint: `${url}/register`,
          jwks_uri: `${url}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/register':
        return void send(201, {
          client_id: 'made-for-this',
          client_secret: 'made-for-this-too',
          registration_access_token: 'rat',
          registration_client_uri: `${url}/register/made-for-this`,
          redirect_uris: ['https://client.failwell.test/callback'],
        });
      case '/register/made-for-this':
        return void response.writeHead(204).end();
      case '/authorize':
        return atLogin.resolve();
      default:
        return void send(404, {});
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, atLogin: atLogin.promise };
}

test('Ctrl-C while somebody logs in: exit 130, no recipe, and the client that was registered is removed', async () => {
  const { url, asked, atLogin } = await openSilentOp();
  const folder = await folderOf();
  const args = ['learn', url, '--register', '--user', 'alice', '--password', 'wonderland'];
  const { child, done } = start(args, { folder });
  await Promise.race([atLogin, done.then(({ stderr }) => expect.unreachable(`it ended: ${stderr}`))]);
  child.kill('SIGINT');
  const { exit, stderr } = await done;
  expect(stderr).toContain('Interrupted: giving back what was issued');
  expect(exit).toBe(130);
  expect(asked).toContain('DELETE /register/made-for-this');
  expect(existsSync(join(folder, 'failwell/login.json'))).toBe(false);
});
