import { ofAnswer } from './answers.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { fieldValues, judgedExchange } from './reading.ts';

type Document = { readonly [name: string]: unknown };
type Key = { readonly [name: string]: unknown };

function read(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
  } catch {
    return undefined;
  }
}

/** Asks something of the document that the judged step read; `wrong` says what is not so. */
function ofDocument(
  id: string,
  expected: string,
  wrong: (document: Document, at: { readonly host: string; readonly path: string }) => string | undefined,
  looks: NonNullable<PairableOracle['looks']>,
): PairableOracle {
  return oracle(
    id,
    (history) => {
      const judged = judgedExchange(history);
      const { request, response } = judged?.exchange ?? {};
      const document = read(response?.body.text ?? '');
      const evidence = judged === undefined ? [] : [judged.seq];
      if (document === undefined || response?.body.cut)
        return { holds: 'unknown', observed: 'no whole document', expected, evidence };
      const [host = ''] = fieldValues(request?.headers ?? [], 'host');
      const said = wrong(document, { host, path: request?.path.replace(/\?.*/s, '') ?? '' });
      return { holds: said === undefined ? 'yes' : 'no', observed: said ?? expected, expected, evidence };
    },
    looks,
  );
}

/** The document has each of these members. */
export const hasMembers = (...names: readonly string[]): PairableOracle =>
  ofDocument(
    `hasMembers(${names.join(', ')})`,
    names.join(', '),
    (document) => {
      const missing = names.find((name) => document[name] === undefined || document[name] === null);
      return missing && `${missing} is missing`;
    },
    { good: `{"${names[0]}":…}`, bad: '{}' },
  );

/** `issuer` is the URL under which the document was found (RFC 8414 §3.3, OpenID Connect Discovery §4.3). */
export const isOfItsIssuer = (): PairableOracle =>
  ofDocument(
    'isOfItsIssuer()',
    'issuer is where the document was asked for',
    ({ issuer }, { host, path }) => {
      const place = path.replace(/\/\.well-known\/(?:openid-configuration|oauth-authorization-server)/, '');
      return String(issuer).replace(/^https?:\/\//, '') === `${host}${place}` ? undefined : `issuer is ${issuer}`;
    },
    {
      good: '{"issuer":"https://idp.example"} at https://idp.example/.well-known/…',
      bad: '{"issuer":"https://idp.example/"}',
    },
  );

/** This list of the metadata has this value. */
export const lists = (name: string, value: string): PairableOracle =>
  ofDocument(
    `lists(${name}, ${value})`,
    `${value} in ${name}`,
    ({ [name]: list }) =>
      Array.isArray(list) && list.includes(value) ? undefined : `${name} is ${JSON.stringify(list)}`,
    { good: `{"${name}":["${value}"]}`, bad: `{"${name}":"${value}"}` },
  );

/** No list of the metadata is empty. */
export const hasNoEmptyLists = (): PairableOracle =>
  ofDocument(
    'hasNoEmptyLists()',
    'no empty list',
    (document) => {
      const [name] = Object.entries(document).find(([, value]) => Array.isArray(value) && value.length === 0) ?? [];
      return name && `${name} is empty`;
    },
    { good: '{"issuer":…}', bad: '{"scopes_supported":[]}' },
  );

/** Every endpoint that the metadata name has the scheme https. */
export const usesHttps = (): PairableOracle =>
  ofDocument(
    'usesHttps()',
    'https everywhere',
    (document) => {
      const [name, url] =
        Object.entries(document).find(
          ([each, value]) => /^issuer$|_endpoint$|^jwks_uri$/.test(each) && !/^https:\/\//i.test(String(value)),
        ) ?? [];
      return name && `${name} is ${url}`;
    },
    { good: '{"token_endpoint":"https://…"}', bad: '{"token_endpoint":"http://…"}' },
  );

/** Asks something of each key of the set that the judged step read. */
const ofKeys = (id: string, expected: string, wrong: (keys: readonly Key[]) => string | undefined) =>
  ofDocument(id, expected, ({ keys }) => (Array.isArray(keys) && keys.length > 0 ? wrong(keys) : 'there are no keys'), {
    good: '{"keys":[{"kty":"RSA","use":"sig","kid":"1",…}]}',
    bad: '{"keys":[{"kty":"oct","k":…}]}',
  });

const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** No key has a private or symmetric part. */
export const publishesNoSecret = () =>
  ofKeys('publishesNoSecret()', 'public keys only', (keys) => {
    const key = keys.find((each) => each.kty === 'oct' || secret.some((name) => name in each));
    return key && `the key ${key.kid} has ${secret.filter((name) => name in key).join(', ')}`;
  });

/** Each key says of what type it is. */
export const namesTypes = () =>
  ofKeys('namesTypes()', 'kty in every key', (keys) => {
    const key = keys.find(({ kty }) => typeof kty !== 'string');
    return key && `the key ${key.kid} has no kty`;
  });

/** No two keys have the same `kid`. */
export const keepsKidsApart = () =>
  ofKeys('keepsKidsApart()', 'one key a kid', (keys) => {
    const ids = keys.map(({ kid }) => kid).filter((kid) => kid !== undefined);
    const twice = ids.find((kid, at) => ids.indexOf(kid) !== at);
    return twice === undefined ? undefined : `two keys are called ${twice}`;
  });

/** Where some keys are for encryption, each says what it is for. */
export const namesUses = () =>
  ofKeys('namesUses()', 'use in every key, where they differ', (keys) => {
    const mixed = keys.some(({ use }) => use === 'enc');
    const bare = mixed ? keys.find(({ use }) => use === undefined) : undefined;
    return bare && `the key ${bare.kid} has no use`;
  });

/** RSA keys have 2048 bits. */
export const hasLongKeys = () =>
  ofKeys('hasLongKeys()', 'RSA keys of 2048 bits', (keys) => {
    const short = keys.find(({ kty, n }) => kty === 'RSA' && Buffer.from(String(n), 'base64url').byteLength < 256);
    return short && `the key ${short.kid} is shorter, or has no n`;
  });

/** The document says that it is JSON, under 200. */
export const answersDocument = (): PairableOracle =>
  ofAnswer(
    'answersDocument()',
    '200 with application/json',
    ({ status, headers }) =>
      status === 200 &&
      fieldValues(headers, 'content-type').some((type) =>
        /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type.trim()),
      ),
    { good: 'HTTP/1.1 200 OK · Content-Type: application/json', bad: 'Content-Type: text/html' },
  );
