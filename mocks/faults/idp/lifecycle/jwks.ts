import type { Fault, Random } from '../../../../harness/model/fault.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { without } from '../answer-body.ts';

type Key = JsonObject;

const jwksFault = (
  variant: string,
  summary: string,
  change: (keys: readonly Key[], random: Random) => readonly Key[],
): Fault<'jwks'> => ({
  id: `jwks/${variant}`,
  layer: 'lifecycle',
  seam: 'jwks',
  cause: 'idp/signing-keys',
  summary,
  apply: ({ keys }, random) => ({ keys: change(keys, random) }),
});

// The signing key stands first.
const signing = (variant: string, summary: string, change: (key: Key, random: Random) => Key) =>
  jwksFault(variant, summary, (keys, random) => keys.map((key, at) => (at === 0 ? change(key, random) : key)));

const every = (variant: string, summary: string, change: (key: Key, random: Random) => Key) =>
  jwksFault(variant, summary, (keys, random) => keys.map((key) => change(key, random)));

/** A modulus of 2048 bits that nobody has the private half of. */
function strangeModulus(random: Random): string {
  const bytes = Buffer.from(random.hex(256), 'hex');
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  bytes[255] = (bytes[255] ?? 0) | 1;
  return bytes.toString('base64url');
}

const strangeKey = (kid: string, random: Random): Key => ({
  kty: 'RSA',
  n: strangeModulus(random),
  e: 'AQAB',
  kid,
  alg: 'RS256',
  use: 'sig',
});

export const jwksEmpty = () => jwksFault('empty', 'the JWK Set has no keys', () => []);

export const jwksSigningKeyMissing = () =>
  jwksFault('signing-key-missing', 'the signing key is withdrawn', (keys) => keys.slice(1));

/** Must be tolerated; only then may a token do without a kid (OIDC Core §10.1). */
export const jwksSigningKeyOnly = () =>
  jwksFault('signing-key-only', 'the signing key is the only one', (keys) => keys.slice(0, 1));

export const jwksOtherKeys = () =>
  jwksFault('other-keys', 'every key is another, under another kid', (keys, random) =>
    keys.map(() => strangeKey(`other-${random.hex(8)}`, random)),
  );

export const jwksKeySwapped = () =>
  signing('key-swapped', 'another key stands under the signing kid', (key, random) =>
    strangeKey(String(key.kid), random),
  );

export const jwksDuplicateKid = () =>
  jwksFault('duplicate-kid', 'another key with the signing kid stands first', (keys, random) => [
    strangeKey(String(keys[0]?.kid), random),
    ...keys,
  ]);

/** RFC 7517 §4.5: `kid` is optional. */
export const jwksKidMissing = () => every('kid-missing', 'no key has a kid', (key) => without(key, 'kid'));

export const jwksKidOther = () =>
  signing('kid-other', 'the signing key has another kid', (key, random) => ({ ...key, kid: `other-${random.hex(8)}` }));

export const jwksKeyTypeWrong = () =>
  signing('kty-wrong', 'kty of the signing key is EC', (key) => ({ ...key, kty: 'EC' }));

export const jwksKeyTypeMissing = () =>
  signing('kty-missing', 'kty of the signing key is missing', (key) => without(key, 'kty'));

export const jwksUseEncryption = () =>
  signing('use-enc', 'use of the signing key is enc', (key) => ({ ...key, use: 'enc' }));

export const jwksAlgorithmOther = () =>
  signing('alg-other', 'alg of the signing key is RS512', (key) => ({ ...key, alg: 'RS512' }));

/** Must be tolerated: `alg` of a key is optional (RFC 7517 §4.4). */
export const jwksAlgorithmMissing = () => every('alg-missing', 'no key has an alg', (key) => without(key, 'alg'));

export const jwksModulusMissing = () =>
  signing('modulus-missing', 'n of the signing key is missing', (key) => without(key, 'n'));

export const jwksModulusBroken = () =>
  signing('modulus-broken', 'n of the signing key is not base64url', (key) => ({ ...key, n: '!*!*' }));

export const jwksOnlySymmetric = () =>
  jwksFault('only-symmetric', 'the only key is symmetric', (keys, random) => [
    {
      kty: 'oct',
      k: Buffer.from(random.hex(32), 'hex').toString('base64url'),
      kid: keys[0]?.kid ?? '',
      alg: 'HS256',
      use: 'sig',
    },
  ]);

/** Must be tolerated: keys of a type that is not understood should be ignored (RFC 7517 §5). */
export const jwksUnknownKeyType = () =>
  jwksFault('unknown-kty', 'a key of an unknown type stands first', (keys) => [
    { kty: 'FUTURE', kid: 'future', use: 'sig', alg: 'FT256', x: 'AAAA' },
    ...keys,
  ]);

/** Must be tolerated: members that are not understood must be ignored (RFC 7517 §4). */
export const jwksUnknownMembers = () =>
  every('unknown-members', 'every key has a member that nobody knows', (key) => ({ ...key, 'x-failwell': { a: [1] } }));

/** Must be tolerated: the kid says which of them it is. */
export const jwksManyKeys = ({ count = 200 }: { readonly count?: number } = {}) =>
  jwksFault(`many-keys-${count}`, `${count} other keys stand first`, (keys, random) => [
    ...Array.from({ length: count }, (_, at) => strangeKey(`other-${at}`, random)),
    ...keys,
  ]);

/** The key is the example of RFC 7517 appendix A.2, which the whole world knows. */
export const jwksPrivateKeyPublished = () =>
  jwksFault('private-key-published', 'a further key is published with its private half', (keys) => [
    ...keys,
    {
      kty: 'EC',
      crv: 'P-256',
      x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
      y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
      d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE',
      use: 'sig',
      alg: 'ES256',
      kid: 'published-private-key',
    },
  ]);

/** OpenID Connect Discovery 1.0 §3: with keys of both kinds, each says what it is for. */
export const jwksUseMixed = () =>
  jwksFault('use-mixed', 'a further key is for encryption, and no other says what it is for', (keys, random) => [
    ...keys.map((key) => without(key, 'use')),
    { ...strangeKey('for-encryption', random), use: 'enc', alg: 'RSA-OAEP-256' },
  ]);

/** RFC 7518 §3.3. */
export const jwksShortKey = () =>
  jwksFault('short-key', 'a further key has 1024 bits', (keys, random) => [
    ...keys,
    { ...strangeKey('short', random), n: Buffer.from(`c1${random.hex(127)}`, 'hex').toString('base64url') },
  ]);
