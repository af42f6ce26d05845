import type { HttpRequest } from '../../../../harness/model/http.ts';
import { family } from '../family.ts';

// The IdP takes a request for another one than was sent. Place them at the endpoint that is meant.
const fault = family('misreads', { seam: 'request', layer: 'flow', cause: 'request/encoding' });

const form = 'application/x-www-form-urlencoded';
const fieldOf = ({ headers }: HttpRequest, name: string) =>
  headers.find(([field]) => field.toLowerCase() === name)?.[1];
const textOf = ({ body }: HttpRequest) => Buffer.from(body).toString();
const isForm = (request: HttpRequest) => fieldOf(request, 'content-type')?.toLowerCase().startsWith(form) ?? false;

/** The same request with another value in this field. */
const withField = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: [...request.headers.filter(([field]) => field.toLowerCase() !== name), [name, value]],
});

const withForm = (request: HttpRequest, body: string): HttpRequest => ({
  ...withField(request, 'content-type', form),
  body: Buffer.from(body),
});

/** The parameters of a form or a query, changed. */
function withPairs(request: HttpRequest, change: (text: string) => string): HttpRequest {
  if (isForm(request)) return { ...request, body: Buffer.from(change(textOf(request))) };
  const [path, query] = request.path.split('?', 2);
  return query === undefined ? request : { ...request, path: `${path}?${change(query)}` };
}

/** A GET is as good as a POST, and so is any other method (RFC 6749 §3.2). */
export const misreadsMethod = () =>
  fault(
    'method',
    'any method counts as POST, and a query as its form',
    (request) => {
      if (request.method === 'POST') return request;
      const [path = '', query = ''] = request.path.split('?', 2);
      const posted = { ...request, method: 'POST' };
      return request.body.byteLength > 0 ? posted : withForm({ ...posted, path }, query);
    },
    'request/method',
  );

/** RFC 6749 §2.3.1: secrets end up in logs. */
export const misreadsQuery = () =>
  fault(
    'query',
    'parameters in the URL count as those of the form',
    (request) => {
      const [path = '', query] = request.path.split('?', 2);
      if (query === undefined || !isForm(request)) return request;
      return withForm({ ...request, path }, [textOf(request), query].filter(Boolean).join('&'));
    },
    'attack/secrets',
  );

export const misreadsContentType = () =>
  fault(
    'content-type',
    'any body counts as a form',
    (request) => (isForm(request) ? request : withField(request, 'content-type', form)),
    'request/headers',
  );

/** RFC 9110 §8.3.1: a parameter of a media type is no other media type. */
export const misreadsCharset = () =>
  fault(
    'charset',
    'a form with a charset counts as no form',
    (request) =>
      isForm(request) && fieldOf(request, 'content-type')?.includes(';')
        ? withField(request, 'content-type', 'text/plain')
        : request,
    'request/headers',
  );

/** RFC 6749 §3.2: what stands twice is an error, for nobody knows who reads which one. */
export const misreadsRepeated = () =>
  fault('repeated', 'of parameters that stand twice the last one counts', (request) =>
    withPairs(request, (text) => {
      const pairs = text.split('&');
      const nameOf = (pair: string) => pair.split('=', 1)[0];
      return pairs
        .filter((pair, at) => pairs.findLastIndex((other) => nameOf(other) === nameOf(pair)) === at)
        .join('&');
    }),
  );

/** RFC 6749 §3.2: a parameter without a value counts as one that is not there. */
export const misreadsEmpty = () =>
  fault('empty', 'a parameter without a value counts as the word null', (request) =>
    withPairs(request, (text) => text.replaceAll(/=(?=&|$)/g, '=null')),
  );

const known = new Set(
  `grant_type code redirect_uri code_verifier refresh_token scope client_id client_secret client_assertion
  client_assertion_type response_type state nonce prompt code_challenge code_challenge_method
  response_mode interaction username password decision`.split(/\s+/),
);

/** RFC 6749 §3.2: a parameter that nobody knows must be ignored. */
export const misreadsUnknown = () =>
  fault('unknown', 'a request with a parameter that it does not know counts as an empty one', (request) => {
    const [path = '', query = ''] = request.path.split('?', 2);
    const names = [query, isForm(request) ? textOf(request) : ''].flatMap((text) => [
      ...new URLSearchParams(text).keys(),
    ]);
    return names.every((name) => known.has(name)) ? request : { ...request, path, body: new Uint8Array() };
  });

/** As if somebody had a default in mind. */
export const misreadsClient = ({ client = 'web' }: { readonly client?: string } = {}) =>
  fault(
    'client',
    `every request counts as one of the client '${client}'`,
    (request) =>
      withPairs(request, (text) => {
        const pairs = new URLSearchParams(text);
        if (pairs.get('client_id') === client) return text;
        pairs.set('client_id', client);
        return pairs.toString();
      }),
    'client/credentials',
  );

const basic = /^(basic) +(\S+)$/i;

/** RFC 6749 §2.3.1: id and secret are form-encoded inside Basic. */
export const misreadsBasic = () =>
  fault(
    'basic',
    'id and secret in Basic are not form-decoded',
    (request) => {
      const [, , encoded] = basic.exec(fieldOf(request, 'authorization') ?? '') ?? [];
      if (encoded === undefined) return request;
      const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s);
      const again = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
      return withField(request, 'authorization', `Basic ${Buffer.from(again).toString('base64')}`);
    },
    'client/credentials',
  );

/** RFC 9110 §11.1: the name of a scheme has no case. */
export const misreadsScheme = () =>
  fault(
    'scheme',
    'a scheme counts only in the letters of its registration',
    (request) => {
      const value = fieldOf(request, 'authorization');
      if (value === undefined || !basic.test(value) || value.startsWith('Basic ')) return request;
      return withField(request, 'authorization', `Other ${value}`);
    },
    'request/headers',
  );
