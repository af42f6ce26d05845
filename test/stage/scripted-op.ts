import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const secret = 'a-secret-that-is-only-for-tests';
export const redirectUri = 'https://client.example/callback';
export const password = 'wonderland';

/** All that its pages are: what they show is made by the script, which talks to the server in JSON. */
const page = `<!DOCTYPE html><title>Acme</title><div id="app">…</div><img src="http://127.0.0.1:PORT/pixel" alt="">
<script>
const app = document.getElementById('app');
const send = (path, body) => fetch(location.pathname + path, body && { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': (/csrf=(\\w+)/.exec(document.cookie) || [])[1] || '' }, body: JSON.stringify(body) });
const go = async (answer) => { const { to, error } = await answer.json(); if (to) location.href = to; else document.getElementById('error').textContent = error; };
const draw = async () => {
  const { prompt } = await (await send('/details')).json();
  document.cookie = 'csrf=t0ken; path=' + location.pathname;
  app.innerHTML = prompt === 'login'
    ? '<h1>Welcome</h1><input placeholder="User name"><input type="password"><div role="button" tabindex="0" id="in">Sign in</div><p id="error"></p>'
    : '<h1>Acme wants to</h1><button id="yes">Allow</button><button id="no">Not now, cancel</button><p id="error"></p>';
  const on = (id, does) => document.getElementById(id)?.addEventListener('click', does);
  on('in', async () => go(await send('/login', { user: app.querySelector('input').value, password: app.querySelector('[type=password]').value })));
  on('yes', async () => go(await send('/consent', { grants: true })));
  on('no', async () => go(await send('/consent', { grants: false })));
};
setTimeout(draw, 50);
</script>`;

/** oidc-provider, whose login and consent are one page that is a script. */
export async function openScriptedOp(): Promise<AsyncDisposable & { readonly url: string; readonly pixels: string[] }> {
  await using opening = new AsyncDisposableStack();
  const listening = async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    opening.defer(async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    });
    return { server, port: (server.address() as AddressInfo).port };
  };
  const { server, port } = await listening();
  // Another host's, which nobody shall ask for.
  const elsewhere = await listening();
  const pixels: string[] = [];
  elsewhere.server.on('request', ({ url }, response) => {
    pixels.push(url ?? '');
    response.end();
  });
  const url = `http://127.0.0.1:${port}`;
  const provider = new Provider(url, {
    clients: [{ client_id: 'mine', client_secret: secret, redirect_uris: [redirectUri] }],
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['a key for tests'] },
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    const [, , path] = /^\/interaction\/([\w-]+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    if (request.url?.startsWith('/interaction/') !== true) return await handle(request, response);
    if (path === undefined) {
      response.setHeader('content-type', 'text/html').end(page.replace('PORT', String(elsewhere.port)));
      return;
    }
    await interact(provider, path, request, response);
  });
  const cleanup = opening.move();
  return { url, pixels, [Symbol.asyncDispose]: () => cleanup.disposeAsync() };
}

async function interact(provider: Provider, path: string, request: IncomingMessage, response: ServerResponse) {
  const answer = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const details = await provider.interactionDetails(request, response);
  const { prompt, params, session } = details;
  if (path === 'details') return answer(200, { prompt: prompt.name });
  if (request.headers['x-csrf'] !== 't0ken' || !request.headers.cookie?.includes('csrf=t0ken'))
    return answer(403, { error: 'no token of ours' });
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const done = async (result: object) =>
    answer(200, { to: await provider.interactionResult(request, response, result) });
  if (path === 'login') {
    if (body.password !== password) return answer(200, { error: 'That is not your password' });
    return await done({ login: { accountId: body.user } });
  }
  if (!body.grants) return await done({ error: 'access_denied', error_description: 'the user said no' });
  const grant = new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) });
  grant.addOIDCScope('openid');
  return await done({ consent: { grantId: await grant.save() } });
}
