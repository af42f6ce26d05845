import type { HttpAnswer } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { basic, post, read, type World } from './idp-fixtures.ts';
import { flowWorld, web } from './idp-flow-fixtures.ts';

type Parameters = { readonly [name: string]: string };
export type Credentials = { readonly id: string; readonly secret: string };

/** What an endpoint of a world answers to a form of the web client, unless another one is named. */
export async function send(
  { idp }: World,
  path: string,
  form: Parameters | string,
  as: Credentials | null = web,
): Promise<HttpAnswer> {
  return idp.handle(post(`/tenant/${path}`, form, { authorization: as ? basic(as) : '' }));
}

/** Status and JSON. */
export async function said(answer: HttpAnswer | Promise<HttpAnswer>): Promise<JsonObject & { status: number }> {
  const { status, ...others } = await answer;
  return { ...read({ status, ...others }), status };
}

/** What the token endpoint says. */
export const token = (it: World, form: Parameters | string, as: Credentials | null = web) =>
  said(send(it, 'token', form, as));

/** The claims of a JWT, unverified. */
export const claims = (jwt: unknown): JsonObject =>
  JSON.parse(Buffer.from(String(jwt).split('.')[1] as string, 'base64url').toString());

/** A world whose clock stands still until a test moves it. */
export async function stillWorld(options: Partial<IdpOptions> = {}): Promise<World> {
  const it = await flowWorld(options);
  it.clock.freeze();
  return it;
}

export const seconds = (it: World, count: number) => it.clock.skew(count * 1000);
