import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import { signingKey } from '../../../mocks/forge/keys.ts';
import type { IdpOptions } from '../../../mocks/idp/idp.ts';
import { jwks, keys, registered, signed } from '../idp-client-fixtures.ts';
import { proof, withProof } from '../idp-dpop-fixtures.ts';
import { basic, field, get, paths, post, read } from '../idp-fixtures.ts';
import {
  alice,
  asking,
  bob,
  callback,
  request as flowRequest,
  mobile,
  query,
  redeeming,
  returned,
  tokenRequest,
  web,
} from '../idp-flow-fixtures.ts';
import { registering } from '../idp-registration-fixtures.ts';
import type { Journey, Traveller } from './journey.ts';

const discovery = get('/tenant/.well-known/openid-configuration');

/** Somebody else's client. */
const rival = { ...web, id: 'rival' };

/** A secret that has to be form-encoded inside Basic. */
const oddWeb = { ...web, secret: 'it is: a secret/100%' };

const options: Partial<IdpOptions> = { clients: [web, rival, mobile], users: [alice, bob] };
const journey = (walk: (traveller: Traveller) => Promise<void>, more: Partial<IdpOptions> = {}): Journey => ({
  options: { ...options, ...more },
  walk,
});

/** A member of an answer, if it has one: what a client would go on with. */
function member(answer: HttpAnswer, name: string): string | undefined {
  try {
    const value = read(answer)[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

const bearing = (path: string, token: string): HttpRequest => ({
  ...get(path),
  headers: [['Authorization', `Bearer ${token}`]],
});

type Changes = { readonly [name: string]: string | undefined };

/** Alice logs in at a client, which redeems the code. Returns its answer, unless there was no code. */
async function logIn(
  { idp, send }: Traveller,
  { client = web, asked = {}, sent = {} }: { client?: typeof web; asked?: Changes; sent?: Changes } = {},
): Promise<HttpAnswer | undefined> {
  const cookie = idp.logIn('alice');
  const answer = await send('authorize', asking({ client_id: client.id, ...asked }, cookie));
  const code = field(answer, 'location') && returned(answer).code;
  return code ? send('token', tokenRequest(redeeming(code, sent), client)) : undefined;
}

/** Where the metadata is, and the keys. */
export const documents = journey(async ({ send }) => {
  await send('metadata', discovery);
  await send('jwks', get(paths.jwks));
});

/** A login, and what the client learns of the user. */
export const login = journey(async (traveller) => {
  const answer = await logIn(traveller, { asked: { scope: 'openid profile email items:read' } });
  const token = answer && member(answer, 'access_token');
  if (token) await traveller.send('userinfo', bearing('/tenant/userinfo', token));
});

/** The same, with a fault that leaves the authorization endpoint alone. */
export const redemption: Journey = { ...login, at: 'token' };

/** A login that asks for refresh tokens, and a refresh by the client that is named. */
const refreshing = (client: typeof web) =>
  journey(async (traveller) => {
    const answer = await logIn(traveller, { asked: { scope: 'openid items:read offline_access' } });
    const token = answer && member(answer, 'refresh_token');
    const form = { grant_type: 'refresh_token', refresh_token: token };
    if (token) await traveller.send('refreshed', tokenRequest(form, client));
  });
export const refresh = refreshing(web);
export const refreshByRival = refreshing(rival);
/** A refresh for less than was granted, and another one for all of it. */
export const refreshForLess = journey(async (traveller) => {
  const answer = await logIn(traveller, { asked: { scope: 'openid items:read offline_access' } });
  const sending = async (name: string, token: string | undefined, scope: string) =>
    token && (await traveller.send(name, tokenRequest({ grant_type: 'refresh_token', refresh_token: token, scope })));
  const less = await sending('less', answer && member(answer, 'refresh_token'), 'openid');
  if (less) await sending('all', member(less, 'refresh_token'), 'openid items:read');
});

/** A redirection only. */
export const authorize = (asked: Changes = {}, cookie = true) =>
  journey(async ({ idp, send }) => {
    await send('authorize', asking(asked, cookie ? idp.logIn('alice') : undefined));
  });

/** A code that is redeemed in another way than it should be. */
const misredemption = (redeem: (code: string, send: (request: HttpRequest) => Promise<unknown>) => Promise<unknown>) =>
  journey(async ({ idp, send }) => {
    const { code = '' } = returned(await idp.handle(asking({}, idp.logIn('alice'))));
    await redeem(code, (request) => send('token', request));
  });
export const redemptionByRival = misredemption((code, send) => send(tokenRequest(redeeming(code), rival)));
export const redemptionWithoutVerifier = misredemption((code, send) =>
  send(tokenRequest(redeeming(code, { code_verifier: undefined }))),
);
export const redemptionTwice = misredemption(async (code, send) => {
  await send(tokenRequest(redeeming(code)));
  await send(tokenRequest(redeeming(code)));
});

/** Requests to the token endpoint that are refused: an unknown code, a wrong secret, an unknown grant. */
export const errors = journey(async ({ send }) => {
  await send('code', tokenRequest(redeeming('unknown')));
  await send('secret', tokenRequest(redeeming('unknown'), { ...web, secret: 'wrong' }));
  await send('grant', tokenRequest({ grant_type: 'urn:example:unknown' }));
});

const own = (changes: Changes, as = web) =>
  journey(async ({ send }) => {
    await send('token', tokenRequest({ grant_type: 'client_credentials', ...changes }, as));
  });
/** A client's token in its own name. */
export const machine = own({});
export const machineWithWrongSecret = own({}, { ...web, secret: 'wrong' });
export const machineWithScope = own({ scope: 'items:read' });
export const machineWithResource = own({ resource: 'https://files.example' });
export const machineWithUnknownScope = own({ scope: 'items:read unknown' });
export const machineWithWholeScope = own({ scope: 'items:read items:write' });
/** Its client may have one of the two. */
export const machineWithLittleScope: Journey = {
  ...machineWithWholeScope,
  options: { ...machineWithWholeScope.options, clients: [{ ...web, scope: 'items:read' }] },
};

/** A client's token in its own name, asked for in a way of its own. */
const oddly = (change: (right: HttpRequest) => HttpRequest): Journey => ({
  ...journey(async ({ send }) => {
    await send('token', change(tokenRequest({ grant_type: 'client_credentials' })));
  }),
  at: 'token',
});
const withHeader = (right: HttpRequest, name: string, change: (value: string) => string): HttpRequest => ({
  ...right,
  headers: right.headers.map(([field, value]) => [field, field.toLowerCase() === name ? change(value) : value]),
});
const withMore = (right: HttpRequest, more: string): HttpRequest => ({
  ...right,
  body: Buffer.from(`${Buffer.from(right.body)}&${more}`),
});
export const machineByPut = oddly((right) => ({ ...right, method: 'PUT' }));
export const machineWithScopeInUrl = oddly((right) => ({ ...right, path: `${right.path}?scope=items:read` }));
export const machineAsText = oddly((right) => withHeader(right, 'content-type', () => 'text/plain'));
export const machineWithCharset = oddly((right) =>
  withHeader(right, 'content-type', (type) => `${type};charset=UTF-8`),
);
export const machineWithTwoScopes = oddly((right) => withMore(right, 'scope=items:write&scope=items:read'));
export const machineWithEmptyScope = oddly((right) => withMore(right, 'scope='));
export const machineWithUnknownParameter = oddly((right) => withMore(right, 'color=blue'));
export const machineByBasicInLowerCase = oddly((right) =>
  withHeader(right, 'authorization', (value) => value.replace('Basic', 'basic')),
);
export const machineWithOddSecret: Journey = {
  ...journey(
    async ({ send }) => {
      await send('token', tokenRequest({ grant_type: 'client_credentials' }, oddWeb));
    },
    { clients: [oddWeb] },
  ),
  at: 'token',
};
export const machineOfPublic = journey(async ({ send }) => {
  await send('token', tokenRequest({ grant_type: 'client_credentials', client_id: mobile.id }, null));
});
export const machineOfNobody = journey(async ({ send }) => {
  const form = { grant_type: 'client_credentials', client_id: 'nobody', client_secret: web.secret };
  await send('token', tokenRequest(form, null));
});
/** A redirection to a loopback port that was chosen a moment ago (RFC 8252 §7.3). */
export const authorizeAtPort = authorize({
  client_id: mobile.id,
  redirect_uri: 'http://127.0.0.1:51004/callback',
});
/** A token request by a method that there is none for. */
export const machineByDelete = journey(async ({ send }) => {
  await send('token', { ...tokenRequest({ grant_type: 'client_credentials' }), method: 'DELETE' });
});

const asWeb = { authorization: basic(web) };

/** An access token is introspected. */
export const introspection = journey(async ({ idp, send }) => {
  const answer = await idp.handle(tokenRequest({ grant_type: 'client_credentials' }));
  await send('introspected', post(paths.introspection, { token: member(answer, 'access_token') ?? '' }, asWeb));
});

/** An access token is revoked, and introspected afterwards. */
export const revocation = journey(async ({ idp, send }) => {
  const answer = await idp.handle(tokenRequest({ grant_type: 'client_credentials' }));
  const form = { token: member(answer, 'access_token') ?? '' };
  await send('revoked', post(paths.revocation, form, asWeb));
  await send('introspected', post(paths.introspection, form, asWeb));
});

/** An access token is revoked by another client. */
export const revocationByRival = journey(async ({ idp, send }) => {
  const answer = await idp.handle(tokenRequest({ grant_type: 'client_credentials' }));
  const form = { token: member(answer, 'access_token') ?? '' };
  await send('revoked', post(paths.revocation, form, { authorization: basic(rival) }));
});

/** A code is redeemed twice, and the token of the first time is introspected. */
export const replay = journey(async ({ idp, send }) => {
  const { code = '' } = returned(await idp.handle(asking({}, idp.logIn('alice'))));
  const first = await idp.handle(tokenRequest(redeeming(code)));
  await send('again', tokenRequest(redeeming(code)));
  await send('introspected', post(paths.introspection, { token: member(first, 'access_token') ?? '' }, asWeb));
});

/** What is told of the user without a token. */
export const userinfoWithoutToken = journey(async ({ send }) => {
  await send('userinfo', get('/tenant/userinfo'));
});

/** A token that is bound to a key of its client (RFC 9449 §5). */
export const bound = journey(async ({ send }) => {
  await send('token', withProof(tokenRequest({ grant_type: 'client_credentials' }), await proof()));
});

/** What devices, phones and clients without a browser begin with. */
export const device = journey(async ({ send }) => {
  await send('device', post('/tenant/device_authorization', { scope: 'openid' }, asWeb));
});
export const backchannel = journey(async ({ send }) => {
  await send('backchannel', post('/tenant/bc-authorize', { scope: 'openid', login_hint: 'alice' }, asWeb));
});
export const pushed = journey(async ({ send }) => {
  await send('pushed', post('/tenant/par', query({}), asWeb));
});
/** The device asks once, and nobody has answered yet. */
export const poll = journey(async ({ send }) => {
  const began = await send('device', post('/tenant/device_authorization', { scope: 'openid' }, asWeb));
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  await send('token', tokenRequest({ grant_type, device_code: member(began, 'device_code') }));
});
/** The request that was pushed is used. */
export const pushedAndUsed = journey(async ({ idp, send }) => {
  const request_uri = member(await send('pushed', post('/tenant/par', query({}), asWeb)), 'request_uri') ?? '';
  const asked = new URLSearchParams({ client_id: 'web', request_uri });
  const headers = [['cookie', idp.logIn('alice')]] as const;
  await send('authorize', { ...get(`/tenant/authorize?${asked}`), headers });
});
export const registration = journey(async ({ send }) => {
  await send('registered', registering({ redirect_uris: [callback] }));
});
export const webfinger = journey(async ({ send }) => {
  await send('found', get('/.well-known/webfinger?resource=acct:alice%40127.0.0.1'));
});

const front = { ...web, id: 'front', responseTypes: ['code id_token token'] };
/** Code, ID token and access token in one response. */
export const hybrid = journey(
  async ({ idp, send }) => {
    const asked = asking({ client_id: 'front', response_type: 'code id_token token' }, idp.logIn('alice'));
    await send('authorize', asked);
  },
  { clients: [front] },
);
/** The response is a JWT. */
export const jarm = authorize({ response_mode: 'query.jwt' });

const signing = { ...web, id: 'signing', userinfoSignedResponseAlg: 'RS256' };
/** What is told of the user, signed. */
export const signedUserinfo = journey(
  async (traveller) => {
    const answer = await logIn(traveller, { client: signing });
    const token = answer && member(answer, 'access_token');
    if (token) await traveller.send('userinfo', bearing('/tenant/userinfo', token));
  },
  { clients: [signing] },
);
/** What is told of a token, signed. */
export const signedIntrospection = journey(async ({ idp, send }) => {
  const answer = await idp.handle(tokenRequest({ grant_type: 'client_credentials' }));
  const asked = post(paths.introspection, { token: member(answer, 'access_token') ?? '' }, asWeb);
  await send('introspected', {
    ...asked,
    headers: [...asked.headers, ['Accept', 'application/token-introspection+jwt']],
  });
});

const { publicJwk: encryptionKey } = await signingKey('RS256', 'encryption-key', 70);
const { alg: _, ...withoutAlg } = encryptionKey;
const sealed = {
  ...web,
  id: 'sealed',
  jwks: { keys: [{ ...withoutAlg, use: 'enc' }] },
  idTokenEncryptedResponseAlg: 'RSA-OAEP-256',
  idTokenEncryptedResponseEnc: 'A256GCM',
};
/** An ID token that is encrypted for its client. */
export const sealedLogin = journey(async (traveller) => void (await logIn(traveller, { client: sealed })), {
  clients: [sealed],
});

const leaving = { ...web, postLogoutRedirectUris: [callback], backchannelLogoutUri: 'https://app.example/logout' };
/** Alice logs out, and the client hears of it. */
export const logout = journey(
  async ({ idp, send }) => {
    const cookie = idp.logIn('alice');
    const { code = '' } = returned(await idp.handle(asking({}, cookie)));
    const id_token_hint = member(await idp.handle(tokenRequest(redeeming(code))), 'id_token') ?? '';
    const asked = new URLSearchParams({ id_token_hint, post_logout_redirect_uri: callback, state: 'a state' });
    await send('left', { ...get(`/tenant/logout?${asked}`), headers: [['cookie', cookie]] });
  },
  { clients: [leaving] },
);

const { jwks: _keys, ...fetchedClient } = { ...registered.keyJwt, jwksUri: 'https://app.example/jwks' };
const assertion = async (jti: string, key: typeof keys.es256) => ({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: await signed(registered.keyJwt, { jti }, key),
});
const [oldProof, newProof] = [await assertion('old', keys.es256), await assertion('new', keys.rs256)];
/** A client proves itself by its key, takes a new one, and proves itself again. */
export const clientKeyRotated: Journey = {
  ...journey(
    async ({ send }) => {
      await send('before', tokenRequest(oldProof, null));
      await send('after', tokenRequest(newProof, null));
    },
    { clients: [fetchedClient] },
  ),
  hears: [jwks(keys.es256), jwks(keys.rs256)].map((set) => JSON.stringify(set)),
};

const signer = { ...web, jwks: jwks(keys.es256), requestUris: ['https://app.example/request'] };
const requestObject = (key: typeof keys.es256) =>
  signed({ ...registered.keyJwt, id: 'web' }, { ...flowRequest, client_id: 'web' }, key);
const [ownObject, foreignObject] = [await requestObject(keys.es256), await requestObject(keys.other)];
const byObject = (asked: Changes, hears: readonly string[]): Journey => ({
  ...journey(
    async ({ idp, send }) => {
      const sent = new URLSearchParams({ client_id: 'web', ...asked } as Record<string, string>);
      await send('authorize', { ...get(`/tenant/authorize?${sent}`), headers: [['cookie', idp.logIn('alice')]] });
    },
    { clients: [signer] },
  ),
  hears,
});
/** A request object is somewhere else than where the client has registered. */
export const requestElsewhere = byObject({ request_uri: 'https://elsewhere.example/request' }, [ownObject]);
/** A request object is signed by somebody else. */
export const requestForged = byObject({ request: foreignObject }, []);
