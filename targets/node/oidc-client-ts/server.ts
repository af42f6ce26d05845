import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { ISSUER, CLIENT_ID, REDIRECT_URI, SCOPE, API, HOST, PORT } = process.env;

const manifest = createRequire(import.meta.url).resolve('oidc-client-ts/package.json');
const library = await readFile(join(dirname(manifest), 'dist/browser/oidc-client-ts.min.js'));

const settings = { authority: ISSUER, client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, scope: SCOPE };

const page = `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,">
<body><pre id="out"></pre><script src="/oidc-client-ts.js"></script><script>
oidc.Log.setLogger(console);
oidc.Log.setLevel(oidc.Log.INFO);
const manager = new oidc.UserManager(${JSON.stringify(settings)});
const log = (...lines) => {
  document.getElementById('out').innerText = lines.map((line) => (line instanceof Error ? 'Error: ' + line.message : String(line))).join('\\n');
};

async function run() {
  if (location.pathname === '/login') return await manager.signinRedirect();
  if (location.pathname === '/callback') {
    await manager.signinCallback();
    history.replaceState(null, '', '/');
  }
  const user = await manager.getUser();
  if (user === null || user.expired) return log('Nobody is signed in.');
  const answer = await fetch(${JSON.stringify(API)} + '/items', { headers: { Authorization: 'Bearer ' + user.access_token } });
  if (!answer.ok) throw new Error('The API answered ' + answer.status);
  log('Hello, ' + user.profile.sub);
}
run().catch((error) => {
  console.error(error);
  log(error);
});
</script></html>`;

createServer(({ url = '/', method }, answer) => {
  const path = url.split('?')[0];
  console.log(`${method} ${path}`);
  const script = path === '/oidc-client-ts.js';
  answer.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' }).end(script ? library : page);
}).listen(Number(PORT), HOST);
