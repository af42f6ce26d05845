/**
 * The scripts of the page, each a function in a browser's own language, by its name; `settings` is what it is told. A
 * variant of the page is another record: `{ ...correct, explain: 'async () => {}' }`.
 */
export const correct = {
  /** A request that only says what went wrong: the browser tells a page no reason (Fetch Standard, network error). */
  ask: `async (url, init = {}) => {
    try {
      return await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(4000), ...init });
    } catch (error) {
      throw new Error(await explain(url, init.method ?? 'GET', error));
    }
  }`,

  /** An answer that the page may not read can still be asked for: then somebody answers, and CORS is what is in the way. */
  explain: `async (url, method, error) => {
    const answers = await fetch(url, { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(2000) }).then(
      () => true,
      () => false,
    );
    const what = method + ' ' + url.split('?')[0] + ' failed: ' + error.message + '. ';
    if (!answers) return what + 'The server cannot be reached from this browser: its network, its name or its certificate is at fault.';
    return what + 'The server answers, but this page may not read it from the origin ' + location.origin +
      ': is Access-Control-Allow-Origin set for it, and may the header be sent (CORS)?';
  }`,

  readJson: String.raw`async (url, init) => {
    const answer = await ask(url, init);
    const text = await answer.text();
    if (answer.ok) {
      try {
        return JSON.parse(text);
      } catch {
        throw new Error(url + ' answered ' + answer.status + ' ' + answer.headers.get('content-type') + ': not valid JSON');
      }
    }
    const [, code] = /"error"\s*:\s*"([\w.-]{1,60})"/.exec(text) ?? [];
    const meaning = code === 'invalid_token' ? ': the access token is expired, revoked or not for it' : '';
    throw new Error(url + ' answered ' + answer.status + (code === undefined ? '' : ' ' + code) + meaning);
  }`,

  discover: `async () => {
    const metadata = await readJson(settings.issuer + '/.well-known/openid-configuration');
    if (metadata.issuer === settings.issuer) return metadata;
    throw new Error('issuer mismatch: the metadata is of ' + metadata.issuer + ', expected ' + settings.issuer);
  }`,

  logIn: `async () => {
    const { authorization_endpoint } = await discover();
    const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
    const pending = { state: random(), nonce: random(), verifier: random() };
    sessionStorage.setItem('pending', JSON.stringify(pending));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
    location.assign(authorization_endpoint + '?' + new URLSearchParams({
      response_type: 'code',
      client_id: settings.clientId,
      redirect_uri: settings.redirectUri,
      scope: settings.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: base64url(digest),
      code_challenge_method: 'S256',
    }));
  }`,

  /** Takes the response out of the address, checks it, and redeems the code (RFC 6749 §4.1.2, RFC 9207 §2.4). */
  comeBack: `async () => {
    const response = new URLSearchParams(location.search);
    const pending = JSON.parse(sessionStorage.getItem('pending') ?? 'null');
    sessionStorage.removeItem('pending');
    history.replaceState(null, '', '/');
    if (pending === null) throw new Error('state unknown: no login is under way in this browser (CSRF, or the response was used before)');
    if (response.get('state') !== pending.state) throw new Error('state mismatch: the response belongs to another login (CSRF)');
    if ((response.get('iss') ?? settings.issuer) !== settings.issuer) throw new Error('issuer mismatch: iss is ' + response.get('iss') + ', expected ' + settings.issuer);
    if (response.has('error')) throw new Error('the login was not granted: ' + response.get('error'));
    const metadata = await discover();
    const tokens = await readJson(metadata.token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: settings.clientId,
        code: response.get('code') ?? '',
        redirect_uri: settings.redirectUri,
        code_verifier: pending.verifier,
      }),
    });
    const claims = await verify(String(tokens.id_token), pending.nonce, metadata);
    const info = await readJson(metadata.userinfo_endpoint, { headers: { Authorization: 'Bearer ' + tokens.access_token } });
    if (info.sub !== claims.sub) throw new Error('sub mismatch: UserInfo is about somebody else');
    sessionStorage.setItem('session', JSON.stringify({ name: info.name ?? info.sub, token: tokens.access_token }));
  }`,

  /** OpenID Connect Core §3.1.3.7. */
  verify: `async (token, nonce, { jwks_uri }) => {
    const [head, body, signature] = token.split('.');
    const read = (part) => JSON.parse(new TextDecoder().decode(bytes(part)));
    const { alg, kid } = read(head);
    if (alg !== 'RS256') throw new Error('ID token: algorithm ' + alg + ', expected RS256');
    const { keys } = await readJson(jwks_uri);
    const jwk = keys.find((key) => key.kid === kid && key.kty === 'RSA');
    if (jwk === undefined) throw new Error('ID token: no key matches kid ' + kid + ' in ' + jwks_uri);
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('jwk', { kty: jwk.kty, n: jwk.n, e: jwk.e }, algorithm, false, ['verify']);
    const good = await crypto.subtle.verify(algorithm, key, bytes(signature), new TextEncoder().encode(head + '.' + body));
    if (!good) throw new Error('ID token: signature verification failed (RS256, kid ' + kid + ')');
    const claims = read(body);
    const now = Date.now() / 1000;
    if (claims.iss !== settings.issuer) throw new Error('ID token: issuer mismatch: got ' + claims.iss + ', expected ' + settings.issuer);
    if (![claims.aud].flat().includes(settings.clientId)) throw new Error('ID token: audience mismatch: expected ' + settings.clientId);
    if (!(claims.exp > now - 60)) throw new Error('ID token expired: exp ' + claims.exp + ', now ' + Math.floor(now));
    if (claims.nonce !== nonce) throw new Error('ID token: nonce mismatch');
    return claims;
  }`,

  /** What a user sees who is logged in: the items, which the API gives for the token. */
  showItems: `async ({ name, token }) => {
    await readJson(settings.api + '/items', { headers: { Authorization: 'Bearer ' + token } });
    show('Hello, ' + name, 'Your items are here.');
  }`,

  /** The operator is told in the console, the user on the page, both in the same words. */
  tell: `(error) => {
    console.error('Signing in failed: ' + error.message);
    show('You are not signed in', error.message, 'Tell whoever runs this site, or try again.');
  }`,

  run: `async () => {
    try {
      if (location.pathname === '/login') return await logIn();
      if (location.pathname === '/callback') await comeBack();
      const session = JSON.parse(sessionStorage.getItem('session') ?? 'null');
      if (session === null) show('Welcome', 'Nobody is signed in.');
      else await showItems(session);
    } catch (error) {
      await tell(error);
    }
  }`,
} as const;

export type Parts = { readonly [P in keyof typeof correct]: string };
