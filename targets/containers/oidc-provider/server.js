import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

const { issuer, proxied, port, user, scopes, clients, ttl } = JSON.parse(
  readFileSync('/etc/oidc-provider/settings.json', 'utf8'),
);

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const account = { accountId: user.username, claims: () => ({ sub: user.username, email: user.email }) };

const provider = new Provider(issuer, {
  clients,
  scopes,
  ttl,
  jwks: { keys: [privateKey.export({ format: 'jwk' })] },
  claims: { email: ['email'] },
  findAccount: (_, id) => (id === user.username ? account : undefined),
  cookies: { keys: ['a-key-that-signs-the-cookies-of-this-pack'] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  // It asks nobody on a special-use address, such as a container's neighbours, unless it is given another dispatcher.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
});

// docs/README.md, "Trusting TLS offloading proxies".
provider.proxy = proxied;

// docs/events.md: what went wrong, in words that the answer may not have.
const errors = ['authorization', 'grant', 'introspection', 'revocation', 'userinfo', 'discovery', 'jwks'];
for (const event of [...errors.map((name) => `${name}.error`), 'server_error']) {
  provider.on(event, (ctx, { error, error_description: description, error_detail: detail, message, stack }) => {
    const why = [description ?? message, detail, event === 'server_error' && stack].filter(Boolean).join(': ');
    console.error(`${event} client=${ctx.oidc?.client?.clientId ?? '-'} ${error ?? 'error'}: ${why}`);
  });
}

const headers = { 'content-type': 'text/html', 'content-security-policy': "frame-ancestors 'none'" };
const page = (body) => `<!DOCTYPE html><title>oidc-provider</title>${body}`;
const field = (name, type) => `<label>${name}<input type="${type}" name="${name}"></label>`;

/** docs/README.md, "User flows": shows a prompt, and finishes it with what the user said. */
async function interaction(req, res) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(req, res);
  const form = new URLSearchParams(req.method === 'POST' ? await text(req) : '');
  const show = (status, body) => res.writeHead(status, headers).end(page(body));
  if (form.get('answer') === 'no') {
    const denied = { error: 'access_denied', error_description: 'the user said no' };
    return await provider.interactionFinished(req, res, denied);
  }
  if (prompt.name === 'login') {
    const right = form.get('username') === user.username && form.get('password') === user.password;
    if (right) return await provider.interactionFinished(req, res, { login: { accountId: user.username } });
    if (form.has('username')) console.error(`login failed: wrong password of '${form.get('username')}'`);
    const fields = field('username', 'text') + field('password', 'password');
    return show(200, `<form method="post">${fields}<button name="answer" value="yes">Sign in</button></form>`);
  }
  if (form.get('answer') !== 'yes') {
    const buttons = '<button name="answer" value="yes">Allow</button><button name="answer" value="no">Deny</button>';
    return show(200, `<p>${params.client_id} asks for access</p><form method="post">${buttons}</form>`);
  }
  const grant =
    (grantId && (await provider.Grant.find(grantId))) ||
    new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const { missingOIDCScope, missingOIDCClaims } = prompt.details;
  if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
  if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
  return await provider.interactionFinished(
    req,
    res,
    { consent: { grantId: await grant.save() } },
    { mergeWithLastSubmission: true },
  );
}

const callback = provider.callback();

createServer((req, res) => {
  res.on('finish', () => {
    const { method, url, headers } = req;
    // What may be in the query, such as id_token_hint, is nothing for a log.
    console.log(`${method} ${url.split('?')[0]} ${res.statusCode} "${headers['user-agent'] ?? '-'}"`);
  });
  if (!req.url.startsWith('/interaction/')) return callback(req, res);
  interaction(req, res).catch(({ statusCode = 500, message }) => {
    console.error(`interaction failed: ${message}`);
    res.writeHead(statusCode, headers).end(page('<p>This login has ended.</p>'));
  });
}).listen(port, '0.0.0.0', () => console.log(`listening on ${port} as ${issuer}`));
