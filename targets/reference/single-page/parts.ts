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

  readJson: String.raw`async (what, url, init) => {
    const answer = await ask(url, init);
    const text = await answer.text();
    const said = what + ' ' + url + ' answered ' + answer.status;
    if (answer.ok) {
      try {
        return JSON.parse(text);
      } catch {
        throw new Error(said + ' ' + answer.headers.get('content-type') + ': not valid JSON');
      }
    }
    const [, code] = /"error"\s*:\s*"([\w.-]{1,60})"/.exec(text) ?? [];
    const [, description] = /"error_description"\s*:\s*"([^"\\]{1,200})"/.exec(text) ?? [];
    const meaning = code === 'invalid_token' ? 'the access token is expired, revoked or not for it' : description;
    throw new Error(said + (code === undefined ? '' : ' ' + code) + (meaning === undefined ? '' : ': ' + meaning));
  }`,

  discover: `async () => {
    const metadata = await readJson('discovery document', settings.issuer + '/.well-known/openid-configuration');
    if (metadata.issuer === settings.issuer) return metadata;
    throw new Error('issuer mismatch: the metadata is of ' + metadata.issuer + ', expected ' + settings.issuer);
  }`,

  /** What an error of the authorization endpoint means (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6). */
  meanings: `{
    invalid_request: 'the request is invalid',
    unauthorized_client: 'the client may not use this grant',
    access_denied: 'the user or a policy said no',
    unsupported_response_type: 'the response type is not supported',
    invalid_scope: 'the scope is not allowed',
    server_error: 'something went wrong at the authorization endpoint',
    temporarily_unavailable: 'the IdP is overloaded or rate limited, try again later',
    interaction_required: 'the user must do something there',
    login_required: 'the user must log in there',
    account_selection_required: 'the user must choose an account there',
    consent_required: 'the user must consent there',
    unmet_authentication_requirements: 'a stronger login is wanted, step-up required',
  }`,

  logIn: `async () => {
    const { authorization_endpoint } = await discover();
    if (typeof authorization_endpoint !== 'string') {
      throw new Error('discovery document of ' + settings.issuer + ' has authorization_endpoint missing or invalid: got ' + typeof authorization_endpoint);
    }
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
    const metadata = await discover();
    if (!response.has('iss') && metadata.authorization_response_iss_parameter_supported === true) {
      throw new Error('issuer missing: the response has no iss, which the metadata of ' + settings.issuer + ' promise (mix-up)');
    }
    if (response.has('error')) {
      const error = response.get('error');
      const description = response.get('error_description');
      const meaning = Object.hasOwn(meanings, error) ? meanings[error] : 'an unknown error code';
      throw new Error('the login was not granted: ' + error.slice(0, 60) + ', ' + meaning + (description ? ': ' + description.slice(0, 200) : ''));
    }
    if (!response.get('code')) throw new Error('the authorization response has no code');
    const tokens = await readJson('token endpoint', metadata.token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: settings.clientId,
        code: response.get('code'),
        redirect_uri: settings.redirectUri,
        code_verifier: pending.verifier,
      }),
    });
    checkTokens(tokens, metadata.token_endpoint);
    const claims = await verify(tokens.id_token, pending.nonce, metadata);
    const info = await readJson('UserInfo endpoint', metadata.userinfo_endpoint, { headers: { Authorization: 'Bearer ' + tokens.access_token } });
    if (info.sub !== claims.sub) throw new Error('malformed UserInfo: sub mismatch: got ' + info.sub + ', expected ' + claims.sub);
    sessionStorage.setItem('session', JSON.stringify({ name: info.name ?? info.sub, token: tokens.access_token }));
  }`,

  /** RFC 6749 §5.1, §7.1; an ID token is there for the scope `openid`. */
  checkTokens: `({ error, error_description, access_token, token_type, id_token }, url) => {
    if (error !== undefined) {
      const description = typeof error_description === 'string' ? ': ' + error_description.slice(0, 200) : '';
      throw new Error('token endpoint ' + url + ' answered 200 with the error ' + error + description);
    }
    for (const [name, value] of Object.entries({ access_token, id_token })) {
      if (typeof value === 'string' && value !== '') continue;
      throw new Error('token response of ' + url + ': missing ' + name + ': got ' + typeof value + ', expected a string');
    }
    if (typeof token_type === 'string' && token_type.toLowerCase() === 'bearer') return;
    throw new Error('token response of ' + url + ': invalid token_type: got ' + token_type + ', expected Bearer');
  }`,

  /** Takes a JWT apart (RFC 7515 §5.2). */
  parse: `(token) => {
    const parts = token.split('.');
    const count = parts.length + (parts.length === 1 ? ' part' : ' parts');
    if (parts.length === 2) throw new Error('ID token refused: signature missing: the token has 2 parts, expected 3');
    if (parts.length !== 3) throw new Error('ID token refused: malformed JWT: ' + count + ', expected 3 parts');
    const read = (name, part) => {
      let value;
      try {
        value = JSON.parse(new TextDecoder().decode(bytes(part)));
      } catch {}
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
      throw new Error('ID token refused: malformed token: the ' + name + ' is not a JSON object in base64url');
    };
    const [head, body, signature] = parts;
    return { header: read('header', head), claims: read('payload', body), input: head + '.' + body, signature };
  }`,

  /** The signature, by a key of the issuer (OpenID Connect Core §3.1.3.7, §10.1). */
  checkSignature: `async ({ header: { alg, kid, crit }, input, signature }, { jwks_uri }) => {
    if (crit !== undefined) throw new Error('ID token refused: malformed token: crit names an extension that is not understood');
    if (alg !== 'RS256') throw new Error('ID token refused: signature algorithm not allowed: alg got ' + alg + ', expected RS256');
    const { keys } = await readJson('JWKS', jwks_uri);
    if (!Array.isArray(keys)) throw new Error('JWKS ' + jwks_uri + ' has no keys array');
    const fitting = keys.filter((key) => key.kty === 'RSA' && (kid === undefined || key.kid === kid));
    if (fitting.length === 0 || (kid === undefined && fitting.length > 1)) {
      throw new Error('ID token refused: no key matches kid ' + kid + ' in ' + jwks_uri);
    }
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const { kty, n, e } = fitting[0];
    const key = await crypto.subtle.importKey('jwk', { kty, n, e }, algorithm, false, ['verify']).catch((error) => {
      throw new Error('signing key ' + kid + ' of ' + jwks_uri + ' is not usable: ' + error.message);
    });
    const good = await crypto.subtle.verify(algorithm, key, bytes(signature), new TextEncoder().encode(input));
    if (!good) throw new Error('ID token refused: signature verification failed (RS256, kid ' + kid + ')');
  }`,

  /** OpenID Connect Core §3.1.3.7. */
  verify: `async (token, nonce, metadata) => {
    const jwt = parse(token);
    await checkSignature(jwt, metadata);
    const { claims } = jwt;
    const now = Math.floor(Date.now() / 1000);
    const refuse = (what) => {
      throw new Error('ID token refused: ' + what);
    };
    const got = (name, expected) => ': ' + name + ' got ' + (claims[name] ?? 'none') + ', expected ' + expected;
    if (claims.iss !== settings.issuer) refuse('issuer mismatch' + got('iss', settings.issuer));
    if ([claims.aud].flat().some((one) => one !== settings.clientId) || claims.aud.length === 0) {
      refuse('audience mismatch' + got('aud', settings.clientId + ' alone'));
    }
    if (claims.azp !== undefined && claims.azp !== settings.clientId) refuse('audience mismatch' + got('azp', settings.clientId));
    if (typeof claims.exp !== 'number') refuse('exp missing' + got('exp', 'a number'));
    if (claims.exp <= now - 60) refuse('ID token expired: exp ' + claims.exp + ', now ' + now);
    if (typeof claims.iat !== 'number') refuse('iat missing' + got('iat', 'a number'));
    if (claims.iat > now + 60) refuse('iat ' + claims.iat + ' lies ahead of now ' + now + ': clock skew beyond the leeway of 60 s');
    if (typeof claims.sub !== 'string' || claims.sub === '') refuse('malformed ID token: sub missing' + got('sub', 'a string'));
    if (claims.nonce !== nonce) refuse('nonce mismatch: got another value, expected that of this login');
    return claims;
  }`,

  /** What a user sees who is logged in: the items, which the API gives for the token. */
  showItems: `async ({ name, token }) => {
    await readJson('the API', settings.api + '/items', { headers: { Authorization: 'Bearer ' + token } });
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
