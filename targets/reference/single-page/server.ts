import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientWiring, DriverIo, Instance } from '../../../harness/model/target.ts';
import { correct, type Parts } from './parts.ts';

/** What every part may use. */
const tools = `
  const base64url = (data) => btoa(String.fromCharCode(...new Uint8Array(data))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  const show = (heading, ...lines) => {
    const elements = [['h1', heading], ...lines.map((line) => ['p', line])].map(([name, text]) =>
      Object.assign(document.createElement(name), { textContent: text }));
    document.querySelector('main').replaceChildren(...elements);
  };`;

/** Serves the page on every path; all else happens in the browser. */
export async function startPage(wiring: ClientWiring, io: DriverIo, parts: Parts = correct): Promise<Instance> {
  const { issuer, clientId, redirectUri, scope, api } = wiring;
  const settings = JSON.stringify({ issuer, clientId, redirectUri, scope, api });
  const scripts = Object.entries(parts).map(([name, source]) => `const ${name} = ${source};`);
  const page = `<!doctype html><html lang="en"><title>Items</title><link rel="icon" href="data:,"><main></main><script>
const settings = ${settings.replaceAll('<', '\\u003c')};
${[tools, ...scripts].join('\n')}
run();
</script></html>`;
  const server = createServer(({ method, url }, answer) => {
    io.log('stdout', `${method} ${url?.split('?')[0]}`);
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
  });
  server.listen(wiring.port, wiring.host);
  await once(server, 'listening');
  const exited = Promise.withResolvers<string>();
  return {
    url: `http://${wiring.host}:${(server.address() as AddressInfo).port}`,
    exited: exited.promise,
    async stop() {
      server.close();
      server.closeAllConnections();
      exited.resolve('was stopped');
    },
  };
}
