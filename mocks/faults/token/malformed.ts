import type { Json } from '../../../harness/model/json.ts';
import { afterwards, base64url, claimsOf, part, tokenFault } from './draft.ts';

const cause = 'token/malformed';

const text = (variant: string, summary: string, change: (token: string) => string) =>
  tokenFault(variant, cause, summary, (draft) => afterwards(draft, change));

export const notAJwt = () => text('not-a-jwt', 'the token is a plain word', () => 'not-a-jwt');

export const emptyToken = () => text('empty', 'the token is empty', () => '');

export const dotsOnly = () => text('dots-only', 'the token is two dots', () => '..');

export const onePart = () => text('one-part', 'only the header is left', (token) => token.split('.')[0] ?? '');

export const fourParts = () => text('four-parts', 'a fourth part is appended', (token) => `${token}.e30`);

export const quoted = () => text('quoted', 'the token stands in quotation marks', (token) => `"${token}"`);

export const headerEmpty = () =>
  tokenFault('header-empty', cause, 'the header part is empty', () => ({ encodedHeader: '' }));

export const payloadEmpty = () =>
  tokenFault('payload-empty', cause, 'the payload part is empty', () => ({ encodedPayload: '' }));

export const headerNotBase64url = () =>
  tokenFault('header-not-base64url', cause, 'the header part is not base64url', () => ({ encodedHeader: '!*!*' }));

export const payloadNotBase64url = () =>
  tokenFault('payload-not-base64url', cause, 'the payload part is not base64url', () => ({ encodedPayload: '!*!*' }));

/** RFC 7515 §2: base64url here has all trailing `=` omitted. */
export const padded = () =>
  tokenFault('padded', cause, 'the signature part carries base64 padding', (draft) =>
    part(draft, 2, (signature) => signature.padEnd(Math.ceil(signature.length / 4) * 4, '=')),
  );

export const headerNotJson = () =>
  tokenFault('header-not-json', cause, 'the header is cut-off JSON', (draft) => ({
    encodedHeader: base64url(JSON.stringify(draft.header).slice(0, -1)),
  }));

export const headerArray = () =>
  tokenFault('header-array', cause, 'the header is a JSON array', (draft) => ({
    encodedHeader: base64url(JSON.stringify([draft.header])),
  }));

export const payloadNotJson = () =>
  tokenFault('payload-not-json', cause, 'the payload is cut-off JSON, correctly signed', (draft) => ({
    encodedPayload: base64url(JSON.stringify(draft.payload).slice(0, -1)),
  }));

export const payloadNotUtf8 = () =>
  tokenFault('payload-not-utf8', cause, 'the payload holds a byte that is not UTF-8, correctly signed', (draft) => {
    const json = Buffer.from(JSON.stringify({ ...claimsOf(draft), note: '~' }));
    json[json.lastIndexOf('~')] = 0xff;
    return { encodedPayload: base64url(json) };
  });

const payload = (variant: string, summary: string, value: (claims: Json) => Json) =>
  tokenFault(`payload-${variant}`, cause, summary, (draft) => ({ payload: value(draft.payload) }));

export const payloadArray = () => payload('array', 'the payload is a JSON array', (claims) => [claims]);

export const payloadString = () => payload('string', 'the payload is a JSON string', () => 'claims');

export const payloadNull = () => payload('null', 'the payload is null', () => null);

/** RFC 7519 §4: a parser rejects duplicate names or takes the last one; the first here is the harmful one. */
export const duplicateClaim = () =>
  tokenFault('duplicate-claim', cause, 'aud stands twice, first wrong and then right', (draft) => ({
    encodedPayload: base64url(`{"aud":"https://other-api.example",${JSON.stringify(draft.payload).slice(1)}`),
  }));
