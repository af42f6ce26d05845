import { FailwellError } from '../../model/error.ts';
import type { Random } from '../../model/fault.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { IdpManners } from '../../model/idp.ts';
import type { Endpoint } from '../../model/parties.ts';
import type { AskIdp, Change, ClientRole } from '../../model/step.ts';
import type { IdpWiring, RegisteredClient } from '../../model/target.ts';
import { formEncoded } from '../user-agent/form-encoded.ts';
import { credentials } from './authentication.ts';

import { changed, filledIn, type Known, type Pairs, valuesOf } from './changes.ts';
import type { ClientKey } from './client-key.ts';
import { Impossible } from './impossible.ts';
import type { Kept } from './kept.ts';
import type { Metadata } from './metadata.ts';
import type { OwnEndpoints } from './own-endpoints.ts';

/** What a right request needs to know besides what is kept. */
export interface Occasion {
  readonly metadata: Metadata;
  readonly wiring: Pick<IdpWiring, 'clients' | 'audience' | 'scope'>;
  readonly manners: IdpManners;
  /** Milliseconds since 1970, the client's clock. */
  readonly now: number;
  readonly random: Random;
  /** The key of the client that has one of its own. */
  readonly key?: Pick<ClientKey, 'sign'> | undefined;
  /** Publishes its request objects. */
  readonly publish?: OwnEndpoints['publish'] | undefined;
  /** What other steps have got and who the user is, for parameters that name it. */
  readonly known: Known;
  /** Go with every request: how it is recognised on wires and in logs. */
  readonly marks: Pairs;
}

const endpoints: { readonly [W in AskIdp['what']]: Endpoint } = {
  redeem: 'token',
  refresh: 'token',
  'client-credentials': 'token',
  token: 'token',
  introspect: 'introspection',
  'revoke-at-idp': 'revocation',
  userinfo: 'userinfo',
  discovery: 'discovery',
  jwks: 'jwks',
};

/** Whether a step says itself what stands there, or that nothing does. */
const isGiven = (change: Change | undefined) => change !== undefined && typeof change !== 'function';
const none = (what: keyof Kept) => `there is no ${what} to send: what came before brought none`;

/** The parameters of the right request (RFC 6749 §4.1.3, §4.4.2, §6, RFC 7009 §2.1, RFC 7662 §2.1). */
function rightParameters(step: AskIdp, kept: Kept | undefined, { wiring, manners }: Occasion): Pairs {
  const have = (name: string, value: string | undefined): Pairs => (value === undefined ? [] : [[name, value]]);
  /** What the request is about; a step that says itself what stands there needs none. */
  const must = (name: string, what: keyof Kept): Pairs => {
    const given = isGiven(step.parameters?.[name]) || isGiven(step.body);
    if (kept?.[what] === undefined && !given) throw new Impossible(none(what));
    return have(name, kept?.[what]);
  };
  const more = Object.entries(manners.tokenParameters ?? {}).map(
    ([name, value]) => [name, filledIn(value, { audience: wiring.audience })] as const,
  );
  const token = step.token ?? 'access_token';
  switch (step.what) {
    case 'redeem':
      return [
        ['grant_type', 'authorization_code'],
        ...must('code', 'code'),
        ...have('redirect_uri', kept?.redirect_uri),
        ...have('code_verifier', kept?.code_verifier),
        ...more,
      ];
    case 'refresh':
      return [['grant_type', 'refresh_token'], ...must('refresh_token', 'refresh_token'), ...more];
    case 'client-credentials':
      return [['grant_type', 'client_credentials'], ['scope', wiring.scope], ...more];
    case 'introspect':
    case 'revoke-at-idp':
      return must('token', token);
    default:
      return [];
  }
}

/** The client of that name. Throws a `FailwellError` (`usage`) where there is none. */
export function clientOf(clients: Occasion['wiring']['clients'], role: ClientRole): RegisteredClient {
  const client = clients[role];
  if (client !== undefined) return client;
  throw new FailwellError('usage', `There is no ${role} client at this IdP: ask for the capability that needs it.`);
}

/** The request of a step: the right one, changed. */
export function requestTo(
  step: AskIdp,
  kept: Kept | undefined,
  occasion: Occasion,
): { readonly request: HttpRequest; readonly url: string } {
  const { metadata, wiring, marks } = occasion;
  const endpoint = endpoints[step.what];
  const client = clientOf(wiring.clients, step.client ?? kept?.client ?? 'confidential');
  const reads = endpoint === 'userinfo' || endpoint === 'discovery' || endpoint === 'jwks';
  const method = step.method ?? (reads ? 'GET' : 'POST');
  const known: Known = { ...occasion.known, ...kept, client_id: client.id, issuer: metadata.issuer };
  const { now, random } = occasion;
  const authentication = reads
    ? { headers: bearer(step, kept), body: [], query: [] }
    : credentials(
        client,
        step.authentication,
        { issuer: metadata.issuer, now, random, offered: metadata.authenticationMethods, key: occasion.key },
        known,
      );
  const parameters = changed(
    [...rightParameters(step, kept, occasion), ...authentication.body],
    step.parameters,
    known,
  );
  const inUrl = step.in ?? (method === 'GET' || method === 'HEAD' ? 'query' : 'body');
  const url = new URL(metadata.at(endpoint));
  const query = changed([...authentication.query, ...(inUrl === 'query' ? parameters : [])], step.query, known);
  const search = [url.search.slice(1), formEncoded(query)].filter((part) => part !== '').join('&');
  const { body, type } = bodyOf(step, inUrl === 'body' ? parameters : undefined, known, random);
  const headers: Pairs = [
    ['Accept', 'application/json'],
    ...marks,
    ...(type === undefined ? [] : [['Content-Type', type] as const]),
    ...authentication.headers,
  ];
  return {
    url: url.href,
    request: {
      method,
      path: `${url.pathname}${search === '' ? '' : `?${search}`}`,
      headers: changed(headers, step.headers, known, (name) => name.toLowerCase()),
      body: new TextEncoder().encode(body),
    },
  };
}

/** RFC 6750 §2.1, for UserInfo (OpenID Connect Core §5.3.1). */
function bearer(step: AskIdp, kept: Kept | undefined): Pairs {
  const name = step.token ?? 'access_token';
  const token = kept?.[name];
  if (step.what === 'userinfo' && token === undefined && !isGiven(step.headers?.authorization))
    throw new Impossible(none(name));
  return step.what === 'userinfo' && token !== undefined ? [['Authorization', `Bearer ${token}`]] : [];
}

function bodyOf(
  { encoding = 'form', body: other }: AskIdp,
  parameters: Pairs | undefined,
  known: Known,
  random: Random,
): { readonly body: string; readonly type?: string } {
  const asked = (right: string, change: Change | undefined) => valuesOf('body', change, right, known)[0] ?? '';
  if (encoding === 'none' || (parameters === undefined && other === undefined)) return { body: '' };
  const pairs = parameters ?? [];
  if (encoding === 'json') {
    return { body: asked(JSON.stringify(Object.fromEntries(pairs)), other), type: 'application/json' };
  }
  if (encoding === 'multipart') {
    const boundary = `failwell-${random.hex(8)}`;
    const parts = pairs.map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return {
      body: asked(`${parts.join('')}--${boundary}--\r\n`, other),
      type: `multipart/form-data; boundary=${boundary}`,
    };
  }
  return { body: asked(formEncoded(pairs), other), type: 'application/x-www-form-urlencoded' };
}
