import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import type { SigningKey } from '../../../harness/model/token.ts';
import { foreignKey } from '../../forge/keys.ts';
import { family } from '../idp/family.ts';
import { textOf, withBody } from './answer.ts';
import { changedAt, namesOf, valueAt } from './json-pointer.ts';

interface Blame {
  /** Default `idp/token-issuance`; `idp/signing-keys` for a JWK Set, and so on. */
  readonly cause?: CauseId;
}

const fault = family('document', { seam: 'link/answer', layer: 'document', cause: 'idp/token-issuance' });
const slug = (pointer: string) =>
  namesOf(pointer)
    .join('-')
    .replace(/[^a-z0-9]+/gi, '-');

/** JSON answers that have something at the pointer (RFC 6901), written anew; all others go on as they are. */
function at(
  pointer: string,
  variant: string,
  summary: string,
  { cause }: Blame,
  write: (document: Json, names: readonly string[], found: Json) => string,
): Fault<'link/answer'> {
  const names = namesOf(pointer);
  return fault(
    variant,
    summary,
    (answer) => {
      const document = parsed(textOf(answer));
      const found = document === undefined ? undefined : valueAt(document, names);
      return document === undefined || found === undefined ? answer : withBody(answer, write(document, names, found));
    },
    cause,
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const edited = (change: (found: Json) => Json | undefined) => (document: Json, names: readonly string[]) =>
  JSON.stringify(changedAt(document, names, change)) ?? '';

/** What the pointer leads to is not there. */
export function removed(pointer: string, blame: Blame = {}): Fault<'link/answer'> {
  return at(
    pointer,
    `removed-${slug(pointer)}`,
    `${pointer} is not there`,
    blame,
    edited(() => undefined),
  );
}

/** What the pointer leads to is of another type. */
export function retyped(pointer: string, blame: Blame = {}): Fault<'link/answer'> {
  return at(pointer, `retyped-${slug(pointer)}`, `${pointer} is of another type`, blame, edited(otherType));
}

/** What the pointer leads to is null. */
export function nulled(pointer: string, blame: Blame = {}): Fault<'link/answer'> {
  return at(
    pointer,
    `null-${slug(pointer)}`,
    `${pointer} is null`,
    blame,
    edited(() => null),
  );
}

/** What the pointer leads to is of its type and empty: `""`, `[]`, `{}`, 0 or false. */
export function emptied(pointer: string, blame: Blame = {}): Fault<'link/answer'> {
  return at(pointer, `emptied-${slug(pointer)}`, `${pointer} is empty`, blame, edited(emptyOf));
}

/** The pointer leads to this value. */
export function says(
  pointer: string,
  value: Json,
  { id, ...blame }: Blame & { readonly id?: string } = {},
): Fault<'link/answer'> {
  const variant = id ?? `says-${slug(pointer)}`;
  return at(
    pointer,
    variant,
    `${pointer} is ${JSON.stringify(value).slice(0, 60)}`,
    blame,
    edited(() => value),
  );
}

/** A top member twice, the right one last or first: parsers differ (RFC 8259 §4). Default: a wrong one first. */
export function duplicated(
  member: string,
  {
    value = 'https://other.example',
    last = false,
    ...blame
  }: Blame & { readonly value?: Json; readonly last?: boolean } = {},
): Fault<'link/answer'> {
  const order = last ? 'last' : 'first';
  const summary = `${member} comes twice, the wrong one ${order}`;
  return at(`/${member}`, `duplicated-${slug(`/${member}`)}-${order}`, summary, blame, (document, [name]) => {
    const wrong = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const members = JSON.stringify(document).slice(1, -1);
    return last ? `{${members},${wrong}}` : `{${wrong},${members}}`;
  });
}

/** Another issuer than the one that was asked (OpenID Connect Discovery 1.0 §4.3). */
export function wrongIssuer({
  issuer = 'https://other-idp.example',
  cause = 'token/issuer',
}: Blame & { readonly issuer?: string } = {}): Fault<'link/answer'> {
  return says('/issuer', issuer, { id: 'issuer-other', cause });
}

/** One endpoint's place is said to be another's. */
export function endpointSwapped({
  of = 'token_endpoint',
  with: other = 'userinfo_endpoint',
  cause = 'idp/endpoints',
}: Blame & { readonly of?: string; readonly with?: string } = {}): Fault<'link/answer'> {
  const summary = `${of} is what ${other} should be`;
  return at(`/${of}`, `swapped-${slug(`/${of}`)}`, summary, { cause }, (document, [name]) => {
    const place = valueAt(document, [other]);
    return JSON.stringify(place === undefined ? document : { ...(document as JsonObject), [name as string]: place });
  });
}

/** An endpoint is said to be at a host that never resolves (RFC 6761 §6.4). */
export function endpointElsewhere({
  of = 'token_endpoint',
  cause = 'idp/endpoints',
}: Blame & { readonly of?: string } = {}): Fault<'link/answer'> {
  return says(`/${of}`, 'https://idp.elsewhere.invalid/', { id: `elsewhere-${slug(`/${of}`)}`, cause });
}

/**
 * A JWK Set with one key more, by default the attacker's of `mocks/forge`: what it signs then verifies at a gateway in
 * front of a real IdP.
 */
export function jwksOverlay({
  key,
  cause = 'idp/signing-keys',
}: Blame & { readonly key?: SigningKey } = {}): Fault<'link/answer'> {
  return jwks('overlay', "the JWK Set holds the harness's key too", cause, key, (keys, added) => [...keys, added]);
}

/** A JWK Set with nothing but that key. */
export function jwksReplaced({
  key,
  cause = 'idp/signing-keys',
}: Blame & { readonly key?: SigningKey } = {}): Fault<'link/answer'> {
  return jwks('replaced', "the JWK Set holds nothing but the harness's key", cause, key, (_, added) => [added]);
}

function jwks(
  variant: string,
  summary: string,
  cause: CauseId,
  key: SigningKey | undefined,
  change: (keys: readonly Json[], added: JsonObject) => Json,
): Fault<'link/answer'> {
  const edit = (keys: Json) =>
    Array.isArray(keys) ? change(keys, (key ?? foreignKey('failwell-overlay')).publicJwk) : keys;
  return at('/keys', `jwks-${variant}`, summary, { cause }, edited(edit));
}

function otherType(value: Json): Json {
  if (typeof value === 'string') return { value };
  if (Array.isArray(value)) return 'none';
  return typeof value === 'object' ? [] : String(value);
}

function emptyOf(value: Json): Json {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  if (Array.isArray(value)) return [];
  return typeof value === 'object' && value !== null ? {} : false;
}
