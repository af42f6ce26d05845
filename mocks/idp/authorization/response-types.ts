import type { Household } from '../endpoint.ts';
import type { Form } from '../http/form.ts';
import { type Client, mayUse } from '../registration/client.ts';
import type { Refuse } from './authorization-error.ts';
import { mannerOf } from './response-modes.ts';

/** OAuth 2.0 Multiple Response Type Encoding Practices §3, §4, §5; the words of each in alphabetical order. */
const usual = ['code', 'none', 'id_token', 'code id_token', 'code token', 'code id_token token'];

/** With nothing but the front channel between the access token and whoever wants it (RFC 9700 §2.1.2). */
const implicit = ['id_token token', 'token'];

export const offeredResponseTypes = ({ legacy }: Pick<Household, 'legacy'>): readonly string[] =>
  legacy.includes('implicit') ? [...usual, ...implicit] : usual;

/** A response type with its words in alphabetical order: any order means the same (§3). */
const canonical = (responseType: string) => responseType.split(' ').filter(Boolean).toSorted().join(' ');

/** Its words. */
export const parts = (responseType: string): ReadonlySet<string> => new Set(responseType.split(' '));

/** Whether tokens go through the browser: never in a query (§5). */
export const inFront = (responseType: string) => /(^| )(id_)?token( |$)/.test(responseType);

/** The response type that is asked for, canonical, if this client may have it answered in this way. */
export function responseTypeOf(
  { get }: Form,
  client: Client,
  openid: boolean,
  household: Pick<Household, 'legacy'>,
  refuse: Refuse,
): string {
  const asked = canonical(get('response_type') ?? '');
  const manner = mannerOf(get('response_mode'), 'query');
  if (!manner) refuse('invalid_request', 'response_mode is not known');
  if (!asked) refuse('invalid_request', 'response_type is missing');
  if (!offeredResponseTypes(household).includes(asked))
    refuse('unsupported_response_type', 'response_type is not offered');
  const has = (part: string) => parts(asked).has(part);
  const registered = (client.responseTypes ?? ['code']).map(canonical).includes(asked);
  if (!registered || (has('code') && !mayUse(client, 'authorization_code')))
    refuse('unauthorized_client', 'The client may not use this response_type');
  if (inFront(asked) && /^query/.test(get('response_mode') ?? ''))
    refuse('invalid_request', 'Tokens do not travel in a query: use another response_mode');
  // OIDC Core §3.2.2.1, §3.3.2.1.
  if (has('id_token') && !openid) refuse('invalid_request', 'An ID token needs the scope openid');
  if (has('id_token') && !get('nonce')) refuse('invalid_request', 'nonce is missing');
  // RFC 9449 §5, RFC 8705 §3: nothing is proved on the way through the browser.
  if (has('token') && (client.dpopBoundAccessTokens || client.tlsClientCertificateBoundAccessTokens))
    refuse('unauthorized_client', 'The access tokens of this client are bound to its key');
  return asked;
}
