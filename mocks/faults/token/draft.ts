import type { CauseId } from '../../../harness/model/cause.ts';
import { FailwellError } from '../../../harness/model/error.ts';
import type { Fault, Random } from '../../../harness/model/fault.ts';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import type { SigningKey, TokenDraft } from '../../../harness/model/token.ts';

type Change = Partial<TokenDraft>;

/** A token fault from the part of the draft that it changes. */
export function tokenFault(
  variant: string,
  cause: CauseId,
  summary: string,
  change: (draft: TokenDraft, random: Random) => Change,
): Fault<'access-token'> {
  const apply = (draft: TokenDraft, random: Random): TokenDraft => ({ ...draft, ...change(draft, random) });
  return { id: `token/${variant}`, layer: 'token', seam: 'access-token', cause, summary, apply };
}

/** The claims of a draft; none when another flaw has made the payload something else. */
export function claimsOf({ payload }: TokenDraft): JsonObject {
  return isObject(payload) ? payload : {};
}

export const withHeader = (draft: TokenDraft, members: JsonObject): Change => ({
  header: { ...draft.header, ...members },
});

export const withClaims = (draft: TokenDraft, members: JsonObject): Change => ({
  payload: { ...claimsOf(draft), ...members },
});

export const withoutHeader = (draft: TokenDraft, name: string): Change => ({ header: without(draft.header, name) });

export const withoutClaims = (draft: TokenDraft, ...names: string[]): Change => ({
  payload: without(claimsOf(draft), ...names),
});

/** A last word on the serialised token. */
export const afterwards = (draft: TokenDraft, change: (token: string) => string): Change => ({
  afterwards: [...draft.afterwards, change],
});

/** A last word on one dot-separated part of the serialised token: 0 header, 1 payload, 2 signature. */
export const part = (draft: TokenDraft, index: 0 | 1 | 2, change: (text: string) => string): Change =>
  afterwards(draft, (token) =>
    token
      .split('.')
      .map((text, at) => (at === index ? change(text) : text))
      .join('.'),
  );

export const base64url = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');

export const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** The key that the issuer signs with. */
export function signingKeyOf({ surroundings }: TokenDraft): SigningKey {
  const [key] = surroundings.published;
  if (!key) throw new FailwellError('usage', 'This flaw needs a published key: give the draft at least one');
  return key;
}

/** A published key of this type (RFC 7518 §6.1). Throws a `FailwellError` when the issuer has none. */
export function publishedKey({ surroundings }: TokenDraft, kty: 'RSA' | 'EC'): SigningKey {
  const key = surroundings.published.find(({ publicJwk }) => publicJwk.kty === kty);
  if (!key) throw new FailwellError('usage', `This flaw needs a published ${kty} key: give the issuer one`);
  return key;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(object: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
