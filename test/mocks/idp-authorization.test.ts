import { expect, test } from 'vitest';
import { field, get, post, read, start, text } from './idp-fixtures.ts';
import { asking, callback, challenge, flowWorld, query, request, returned, verifier } from './idp-flow-fixtures.ts';

const issuer = 'https://127.0.0.1:8443/tenant';

test('a session gets a code with state and issuer, which nothing may store', async () => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(asking({}, idp.logIn('alice')));
  expect(answer.status).toBe(303);
  expect(returned(answer)).toMatchObject({
    code: expect.stringMatching(/^[0-9a-f]{64}$/),
    state: 'a state',
    iss: issuer,
  });
  expect(field(answer, 'location')).toMatch(/^https:\/\/app\.example\/callback\?code=/);
  expect(field(answer, 'cache-control')).toBe('no-store');
});

test('POST takes the parameters from its form', async () => {
  const { idp } = await flowWorld();
  const posted = post('/tenant/authorize', query({}), { authorization: '' });
  const answer = await idp.handle({ ...posted, headers: [...posted.headers, ['cookie', idp.logIn('alice')]] });
  expect(returned(answer)).toMatchObject({ state: 'a state', iss: issuer });
  const wrong = await idp.handle(post('/tenant/authorize', '{}', { type: 'application/json' }));
  expect([wrong.status, field(wrong, 'location')]).toEqual([400, undefined]);
  expect((await idp.handle(get('/tenant/authorize', 'PUT'))).status).toBe(405);
});

test('the answer comes by query, fragment or form, and an existing query stays', async () => {
  const { idp } = await flowWorld();
  const cookie = idp.logIn('alice');
  const kept = await idp.handle(asking({ redirect_uri: 'https://app.example/other?x=1' }, cookie));
  expect(returned(kept)).toMatchObject({ x: '1', state: 'a state' });
  const fragment = await idp.handle(asking({ response_mode: 'fragment' }, cookie));
  expect(field(fragment, 'location')).toMatch(
    /^https:\/\/app\.example\/callback#code=[0-9a-f]+&session_state=[0-9a-f.]+&state=a\+state&iss=/,
  );
  const form = await idp.handle(asking({ response_mode: 'form_post', state: '"><script>' }, cookie));
  expect([form.status, field(form, 'content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text(form)).toContain(`<form method="post" action="${callback}">`);
  expect(text(form)).toContain('name="state" value="&quot;&gt;&lt;script&gt;"');
});

test.each([
  ['no client', { client_id: undefined }],
  ['an unknown client', { client_id: 'nobody' }],
  ['no redirect_uri', { redirect_uri: undefined }],
  ['an unregistered redirect_uri', { redirect_uri: 'https://evil.example/' }],
  ['a longer path', { redirect_uri: `${callback}/more` }],
  ['a query of its own', { redirect_uri: `${callback}?more` }],
  ['another port', { redirect_uri: 'https://app.example:8443/callback' }],
  ['another case', { redirect_uri: 'https://app.example/Callback' }],
  ['a fragment', { redirect_uri: `${callback}#x` }],
  ['no URI', { redirect_uri: 'callback' }],
  ['a client without any', { client_id: 'stranger' }],
])('%s ends in a page and never in a redirection', async (_, changes) => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(asking(changes, idp.logIn('alice')));
  expect([answer.status, field(answer, 'location'), field(answer, 'x-frame-options')]).toEqual([
    400,
    undefined,
    'DENY',
  ]);
  expect(text(answer)).toContain('invalid_request');
});

test.each([
  ['http://127.0.0.1:4711/callback', true],
  ['http://127.0.0.1/callback', true],
  ['http://127.0.0.1:4711/other', false],
  ['http://127.0.0.1:4711@evil.example/callback', false],
  ['http://127.0.0.1.evil.example/callback', false],
  ['http://localhost:4711/callback', false],
  ['https://127.0.0.1:4711/callback', false],
])('a loopback redirect_uri may have any port (RFC 8252 §7.3): %s', async (redirect_uri, good) => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(asking({ client_id: 'mobile', redirect_uri }, idp.logIn('alice')));
  expect(answer.status).toBe(good ? 303 : 400);
});

test.each([
  ['no response_type', { response_type: undefined }, 'invalid_request'],
  ['an unknown response_type', { response_type: 'pigeon' }, 'unsupported_response_type'],
  ['an unknown response_mode', { response_mode: 'pigeon' }, 'invalid_request'],
  ['a request object that is none', { request: 'x' }, 'invalid_request_object'],
  ['a request_uri', { request_uri: 'https://app.example/r' }, 'request_uri_not_supported'],
  ['a registration', { registration: '{}' }, 'registration_not_supported'],
  ['an unknown scope in plain OAuth', { scope: 'items:read admin' }, 'invalid_scope'],
  ['plain PKCE', { code_challenge: verifier, code_challenge_method: 'plain' }, 'invalid_request'],
  ['PKCE without a method, which is plain', { code_challenge_method: undefined }, 'invalid_request'],
  ['an unknown transform', { code_challenge_method: 'S512' }, 'invalid_request'],
  ['a short challenge', { code_challenge: 'short' }, 'invalid_request'],
  ['a method without a challenge', { code_challenge: undefined }, 'invalid_request'],
  ['prompt none with another', { prompt: 'none login' }, 'invalid_request'],
  ['an unknown prompt', { prompt: 'dance' }, 'invalid_request'],
  ['a max_age that is no number', { max_age: '-1' }, 'invalid_request'],
])('%s goes back to the client as an error', async (_, changes, error) => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(asking(changes, idp.logIn('alice')));
  expect(answer.status).toBe(303);
  expect(returned(answer)).toEqual({ error, error_description: expect.any(String), state: 'a state', iss: issuer });
});

test('a parameter that stands twice is an error: by redirection where that is safe', async () => {
  const { idp } = await flowWorld();
  const twice = async (more: string) => await idp.handle(get(`/tenant/authorize?${query({})}&${more}`));
  expect(returned(await twice('scope=openid'))).toMatchObject({ error: 'invalid_request' });
  expect((await twice('client_id=web')).status).toBe(400);
  expect((await twice(`redirect_uri=${callback}`)).status).toBe(400);
});

test('a client that may not use the grant is refused, and a public one must use PKCE', async () => {
  const machine = { id: 'machine', secret: 'x', redirectUris: [callback], grantTypes: ['client_credentials'] };
  const open = { id: 'open', public: true, redirectUris: [callback] } as const;
  const { idp } = await flowWorld({ clients: [machine, open] });
  const refusal = async (changes: object) => returned(await idp.handle(asking({ ...request, ...changes })));
  expect(await refusal({ client_id: 'machine' })).toMatchObject({ error: 'unauthorized_client' });
  const bare = { client_id: 'open', code_challenge: undefined, code_challenge_method: undefined };
  expect(await refusal(bare)).toMatchObject({
    error: 'invalid_request',
    error_description: 'code_challenge is missing',
  });
  expect(await refusal({ client_id: 'open', prompt: 'none' })).toMatchObject({ error: 'login_required' });
});

test('prompt=none needs a session that is not older than max_age', async () => {
  const { idp, clock } = await flowWorld();
  const silent = async (changes: object, cookie?: string) =>
    returned(await idp.handle(asking({ prompt: 'none', ...changes }, cookie)));
  expect(await silent({})).toMatchObject({ error: 'login_required', state: 'a state', iss: issuer });
  const cookie = idp.logIn('alice');
  expect(await silent({ max_age: '60' }, cookie)).toHaveProperty('code');
  clock.set(start + 61_000);
  expect(await silent({ max_age: '60' }, cookie)).toMatchObject({ error: 'login_required' });
  expect(await silent({ max_age: '0' }, idp.logIn('bob'))).toMatchObject({ error: 'login_required' });
  expect(await silent({}, cookie)).toHaveProperty('code');
  expect(await silent({}, 'idp_session=forged')).toMatchObject({ error: 'login_required' });
});

test('autoLogin logs in whom login_hint names, and the session stays', async () => {
  const { idp } = await flowWorld({ autoLogin: true });
  const first = await idp.handle(asking({ login_hint: 'b@example.com' }));
  expect(returned(first)).toHaveProperty('code');
  const [cookie = ''] = (field(first, 'set-cookie') ?? '').split(';');
  expect(returned(await idp.handle(asking({ prompt: 'none' }, cookie)))).toHaveProperty('code');
  expect(returned(await idp.handle(asking({ prompt: 'none' })))).toMatchObject({ error: 'login_required' });
  expect(() => idp.logIn('nobody')).toThrow(/no user 'nobody'/);
});

test('the metadata says what is there', async () => {
  const { idp } = await flowWorld({ plainPkce: true, acrValues: ['silver', 'gold'] });
  const document = read(await idp.handle(get('/tenant/.well-known/openid-configuration')));
  expect(document).toMatchObject({
    authorization_endpoint: `${issuer}/authorize`,
    userinfo_endpoint: `${issuer}/userinfo`,
    grant_types_supported: expect.arrayContaining(['authorization_code', 'client_credentials', 'refresh_token']),
    code_challenge_methods_supported: ['S256', 'plain'],
    authorization_response_iss_parameter_supported: true,
    acr_values_supported: ['silver', 'gold'],
    request_uri_parameter_supported: false,
  });
  const plain = asking({ code_challenge: challenge, code_challenge_method: undefined }, idp.logIn('alice'));
  expect(returned(await idp.handle(plain))).toHaveProperty('code');
});

test.each(['callback', '/callback', 'https://app.example/\u0100', 'https://app.example/\r\nX: y', 'https://a b/'])(
  'nothing goes to what is no URI, however lenient the IdP: %j',
  async (uri) => {
    const { idp } = await flowWorld({ policy: { matchesRedirectUris: false } });
    const cookie = idp.logIn('alice');
    expect((await idp.handle(asking({ redirect_uri: uri }, cookie))).status).toBe(400);
    const after = new URLSearchParams({ client_id: 'web', post_logout_redirect_uri: uri });
    expect((await idp.handle(get(`/tenant/logout?${after}`))).status).toBe(400);
  },
);

test('a request that nobody needs so long is not kept', async () => {
  const { idp } = await flowWorld();
  const long = `${query({})}&more=${'x'.repeat(65_536)}`;
  for (const asked of [get(`/tenant/authorize?${long}`), post('/tenant/authorize', long)])
    expect((await idp.handle(asked)).status).toBe(400);
});
