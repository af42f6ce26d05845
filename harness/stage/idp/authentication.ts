import { createHmac } from 'node:crypto';
import type { Random } from '../../model/fault.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ClientAuthentication } from '../../model/step.ts';
import type { RegisteredClient } from '../../model/target.ts';
import { formEncoded } from '../user-agent/form-encoded.ts';
import { type Known, type Pairs, valuesOf } from './changes.ts';
import type { ClientKey } from './client-key.ts';

/** What a client's authentication adds to a request. */
export interface Credentials {
  readonly headers: Pairs;
  readonly body: Pairs;
  readonly query: Pairs;
}

/** What an assertion needs to know (RFC 7523 §3). */
export interface Surroundings {
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  /** Ways of client authentication that the IdP offers (RFC 8414 §2); Basic is the default. */
  readonly offered: readonly string[] | undefined;
  /** That of the client which has keys of its own. */
  readonly key: Pick<ClientKey, 'sign'> | undefined;
}

/** application/x-www-form-urlencoded, as RFC 6749 §2.3.1 wants it inside Basic. */
const formDecodable = (text: string) => formEncoded([['', text]]).slice(1);

/** The right way for this client at this IdP. */
function usual(
  { secret, jwksUri }: RegisteredClient,
  { offered }: Surroundings,
): NonNullable<ClientAuthentication['by']> {
  if (jwksUri !== undefined) return 'key';
  if (secret === undefined) return 'none';
  return offered !== undefined && !offered.includes('client_secret_basic') && offered.includes('client_secret_post')
    ? 'post'
    : 'basic';
}

/** A client's credentials, right but for what is asked to be wrong. */
export function credentials(
  client: RegisteredClient,
  how: ClientAuthentication | undefined,
  at: Surroundings,
  known: Known,
): Credentials {
  const by = how?.by ?? usual(client, at);
  const ids = valuesOf('client_id', how?.id, client.id, known);
  const secrets = valuesOf('client_secret', how?.secret, client.secret ?? '', known);
  const idPairs = ids.map((id) => ['client_id', id] as const);
  const inForm: Pairs = [...idPairs, ...secrets.map((secret) => ['client_secret', secret] as const)];
  const encode = how?.encoded === false ? (text: string) => text : formDecodable;
  const pair = `${encode(ids[0] ?? '')}:${encode(secrets[0] ?? '')}`;
  const basic = valuesOf('Authorization', how?.header, `Basic ${Buffer.from(pair).toString('base64')}`, known).map(
    (value) => ['Authorization', value] as const,
  );
  const inHeader = how?.header === undefined ? [] : basic;
  const none = { headers: inHeader, body: [], query: [] };
  switch (by) {
    case 'basic':
      return { ...none, headers: basic };
    case 'post':
      return { ...none, body: inForm };
    case 'both':
      return { ...none, headers: basic, body: inForm };
    case 'query':
      return { ...none, query: inForm };
    case 'jwt':
      return { ...none, body: [...idPairs, ...assertion(client, bySecret(secrets[0] ?? ''), how, at, known)] };
    case 'key':
      return {
        ...none,
        body: [...idPairs, ...assertion(client, (claims) => at.key?.sign(claims, how?.signed) ?? '', how, at, known)],
      };
    case 'none':
      return { ...none, body: idPairs };
    case 'nothing':
      return none;
  }
}

/** `client_secret_jwt` or `private_key_jwt` (OpenID Connect Core §9). */
function assertion(
  { id }: RegisteredClient,
  signed: (claims: JsonObject) => string,
  how: ClientAuthentication | undefined,
  at: Surroundings,
  known: Known,
): Pairs {
  const now = Math.floor(at.now / 1000);
  const right = { iss: id, sub: id, aud: at.issuer, jti: at.random.hex(16), iat: now, exp: now + 60 };
  const jwt = signed(how?.claims?.(right) ?? right);
  return [
    ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    ...valuesOf('client_assertion', how?.assertion, jwt, known).map((value) => ['client_assertion', value] as const),
  ];
}

const bySecret = (secret: string) => (claims: JsonObject) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};
