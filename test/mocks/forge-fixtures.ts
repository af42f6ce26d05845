import { constants, createHmac, createPublicKey, createVerify, type JsonWebKey, verify } from 'node:crypto';
import type { Json, JsonObject } from '../../harness/model/json.ts';
import type { SigningKey, TokenDraft } from '../../harness/model/token.ts';
import { seeded } from '../../harness/random.ts';
import { draftToken } from '../../mocks/forge/forge.ts';
import { foreignKey, signingKey } from '../../mocks/forge/keys.ts';

export const issuer = 'https://127.0.0.1:8443/tenant';
export const audience = 'https://api.example';
export const attackerUrl = 'https://127.0.0.1:9443/jwks';
export const now = 1_700_000_000;

export interface Keys {
  readonly rsa: SigningKey;
  readonly ec: SigningKey;
  readonly foreign: SigningKey;
}

export async function keys(): Promise<Keys> {
  const [rsa, ec, foreign] = await Promise.all([
    signingKey('RS256', 'the-rsa-key', 0),
    signingKey('ES256', 'the-ec-key', 0),
    foreignKey('the-foreign-key'),
  ]);
  return { rsa, ec, foreign };
}

/** A correct token's draft; the same for the same seed. */
export function correct({ rsa, ec, foreign }: Keys, seed = 1): TokenDraft {
  return draftToken({
    issuer,
    audience,
    subject: 'alice',
    scope: 'items:read',
    clientId: 'caller',
    now,
    lifetime: 3600,
    published: [rsa, ec],
    foreign,
    attackerUrl,
    random: seeded(seed, 'draft'),
  });
}

export interface Decoded {
  readonly parts: readonly string[];
  readonly header: Json | undefined;
  readonly payload: Json | undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parsed = (part = ''): Json | undefined => {
  try {
    return /^[\w-]+$/.test(part) ? JSON.parse(utf8.decode(Buffer.from(part, 'base64url'))) : undefined;
  } catch {
    return undefined;
  }
};

export function decode(token: string): Decoded {
  const parts = token.split('.');
  return { parts, header: parsed(parts[0]), payload: parsed(parts[1]) };
}

/** `+name` added, `-name` removed, `~name` changed; sorted by name. */
export function difference(before: Json | undefined, after: Json | undefined): string {
  if (!isObject(before) || !isObject(after)) return after === undefined ? 'unreadable' : kindOf(after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((name) => {
      if (!(name in before)) return `+${name}`;
      if (!(name in after)) return `-${name}`;
      return JSON.stringify(before[name]) === JSON.stringify(after[name]) ? '' : `~${name}`;
    })
    .filter(Boolean)
    .join(' ');
}

const kindOf = (value: Json) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== undefined && value !== null && kindOf(value) === 'object';

/** Which key, and how, the signature verifies with, whatever the header says. `none`: there is no signature. */
export function signedBy({ parts }: Decoded, { rsa, ec, foreign }: Keys): string {
  const [header, payload, text] = parts;
  if (!text) return 'none';
  const signature = Buffer.from(text, 'base64url');
  const input = Buffer.from(`${header}.${payload}`);
  const rsaKey = publicKey(rsa);
  const pss = { key: rsaKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  if (verify('sha256', input, rsaKey, signature)) return 'rsa';
  if (verify('sha256', input, { key: publicKey(ec), dsaEncoding: 'ieee-p1363' }, signature)) return 'ec';
  if (verify('sha256', input, publicKey(foreign), signature)) return 'foreign';
  if (verify('sha256', input, pss, signature)) return 'rsa-pss';
  if (verify('sha512', input, rsaKey, signature)) return 'rsa-sha512';
  if (createVerify('sha1').update(input).verify(rsaKey, signature)) return 'rsa-sha1';
  return [32, 48, 64].includes(signature.length) ? 'other' : 'broken';
}

const publicKey = ({ publicJwk }: SigningKey) => createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' });

export function hmacOf({ parts }: Decoded, hash: string, secret: string | Uint8Array): string {
  return createHmac(hash, secret).update(`${parts[0]}.${parts[1]}`).digest('base64url');
}
