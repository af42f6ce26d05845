import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { basic, field, get, post, read, stranger, text, type World, world } from './idp-fixtures.ts';

export const web = {
  id: 'web',
  secret: 'web secret',
  redirectUris: ['https://app.example/callback', 'https://app.example/other?x=1'],
};
export const mobile = { id: 'mobile', public: true, redirectUris: ['http://127.0.0.1/callback'] } as const;
export const callback = 'https://app.example/callback';
export const verifier = 'v'.repeat(43);
export const challenge = createHash('sha256').update(verifier).digest('base64url');
export const bob = {
  sub: 'user-2',
  username: 'bob',
  password: 'builder',
  claims: { name: 'Bob', email: 'b@example.com' },
};
export const alice = {
  sub: 'user-1',
  username: 'alice',
  password: 'wonderland',
  claims: { name: 'Alice', email: 'alice@example.com', email_verified: true, department: 'secret' },
};

type Parameters = { readonly [name: string]: string | undefined };

/** A world with a client that redirects, a public one, and two users. */
export const flowWorld = (options: Partial<IdpOptions> = {}) =>
  world({ clients: [web, stranger, mobile], users: [alice, bob], ...options });

export const request: Parameters = {
  client_id: 'web',
  response_type: 'code',
  redirect_uri: callback,
  scope: 'openid email items:read',
  state: 'a state',
  nonce: 'n-1',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

const present = (parameters: Parameters) =>
  Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);

export const query = (parameters: Parameters) => new URLSearchParams(present({ ...request, ...parameters })).toString();

/** An authorization request: this one with these changes. */
export function asking(changes: Parameters = {}, cookie?: string): HttpRequest {
  const asked = get(`/tenant/authorize?${query(changes)}`);
  return cookie === undefined ? asked : { ...asked, headers: [['cookie', cookie]] };
}

/** The parameters of a redirection by query. */
export const returned = (answer: HttpAnswer): { readonly [name: string]: string } =>
  Object.fromEntries(new URL(field(answer, 'location') ?? '').searchParams);

/** A code that `alice` granted. */
export async function codeFor({ idp }: World, changes: Parameters = {}): Promise<string> {
  const { code } = returned(await idp.handle(asking(changes, idp.logIn('alice'))));
  return code as string;
}

/** A token request, the web client's unless another is named. */
export const tokenRequest = (parameters: Parameters, as: { id: string; secret: string } | null = web): HttpRequest =>
  post('/tenant/token', Object.fromEntries(present(parameters)), { authorization: as ? basic(as) : '' });

export const redeeming = (code: string, changes: Parameters = {}): Parameters => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: callback,
  code_verifier: verifier,
  ...changes,
});

/** The tokens for a new grant of `alice`. */
export async function tokensFor(it: World, changes: Parameters = {}): Promise<JsonObject & { access_token: string }> {
  const answer = await it.idp.handle(tokenRequest(redeeming(await codeFor(it, changes))));
  return read(answer) as JsonObject & { access_token: string };
}

export async function active({ idp }: World, token: unknown, as = web): Promise<JsonObject> {
  return read(await idp.handle(post('/tenant/introspect', { token: String(token) }, { authorization: basic(as) })));
}

/** A browser that fills in the pages of the IdP. */
export function createBrowser({ idp }: World) {
  const jar = new Map<string, string>();
  const visit = async (asked: HttpRequest): Promise<HttpAnswer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await idp.handle({ ...asked, headers: [...asked.headers, ['Cookie', cookie]] });
    for (const [name, value] of answer.headers) {
      const [, key, stored] = /^([^=]+)=([^;]*)/.exec(name === 'set-cookie' ? value : '') ?? [];
      if (key) jar.set(key, stored as string);
    }
    return answer;
  };
  return {
    jar,
    visit,
    /** Sends the form of a page with these fields filled in. */
    submit(page: HttpAnswer, fields: { readonly [name: string]: string }): Promise<HttpAnswer> {
      const [, action] = /action="([^"]+)"/.exec(text(page)) ?? [];
      const [, interaction] = /name="interaction" value="([^"]+)"/.exec(text(page)) ?? [];
      const form = { interaction: interaction as string, ...fields };
      return visit(post(new URL(action as string).pathname, form, { authorization: '' }));
    },
  };
}
