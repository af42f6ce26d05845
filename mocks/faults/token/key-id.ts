import type { CauseId } from '../../../harness/model/cause.ts';
import type { Json } from '../../../harness/model/json.ts';
import { publishedKey, tokenFault, withHeader, withoutHeader } from './draft.ts';

// Signed by the right key: only the name of the key is wrong.
const keyId = (variant: string, summary: string, kid: Json, cause: CauseId = 'token/signature') =>
  tokenFault(`kid-${variant}`, cause, summary, (draft) => withHeader(draft, { kid }));

/** What a target sees when it holds a stale JWK Set. */
export const keyIdUnknown = () =>
  tokenFault('kid-unknown', 'idp/signing-keys', 'kid names a key that nobody published', (draft, random) =>
    withHeader(draft, { kid: `unknown-${random.hex(8)}` }),
  );

/** RFC 7515 §4.1.4: `kid` is optional, a hint. */
export const keyIdMissing = () =>
  tokenFault('kid-missing', 'idp/signing-keys', 'kid is missing', (draft) => withoutHeader(draft, 'kid'));

export const keyIdOtherKey = () =>
  tokenFault('kid-other-key', 'token/signature', 'kid names the published EC key, RSA signed', (draft) =>
    withHeader(draft, { kid: publishedKey(draft, 'EC').kid }),
  );

export const keyIdBlank = () => keyId('blank', 'kid is empty', '', 'idp/signing-keys');
export const keyIdNull = () => keyId('null', 'kid is null', null);
export const keyIdNumber = () => keyId('number', 'kid is the number 0', 0);
export const keyIdTrue = () => keyId('true', 'kid is true', true);
export const keyIdArray = () =>
  tokenFault('kid-array', 'token/signature', 'kid is an array with the right kid', (draft) =>
    withHeader(draft, { kid: [draft.header.kid ?? ''] }),
  );
export const keyIdPrototype = () => keyId('prototype', 'kid is __proto__', '__proto__');
export const keyIdCommand = () => keyId('command', 'kid is a shell command', 'key | /bin/sleep 0');

export const keyIdJwk = () =>
  tokenFault(
    'kid-jwk',
    'token/signature',
    'kid is the foreign key itself, which signed',
    ({ header, surroundings }) => {
      const { kty, n, e, kid } = surroundings.foreign.publicJwk as { kty: Json; n: Json; e: Json; kid: Json };
      return { header: { ...header, kid: { kty, n, e, kid } }, signer: { by: 'key', key: surroundings.foreign } };
    },
  );

export const keyIdUrl = () =>
  tokenFault('kid-url', 'token/signature', "kid is the URL of the attacker's JWK Set", ({ header, surroundings }) => ({
    header: { ...header, kid: surroundings.attackerUrl },
    signer: { by: 'key', key: surroundings.foreign },
  }));

// The kid picks the HMAC key: an empty file, or what an injected query returns.
const hmac = (variant: string, summary: string, kid: string, secret: string) =>
  tokenFault(`kid-${variant}`, 'token/signature', summary, (draft) => ({
    ...withHeader(draft, { alg: 'HS256', kid }),
    signer: { by: 'hmac', secret: Buffer.from(secret), hash: 'sha256' },
  }));

export const keyIdTraversal = () =>
  hmac('traversal', 'kid leads to /dev/null, HMAC with an empty key', '../../../../../../../../dev/null', '');

export const keyIdSql = () =>
  hmac('sql', 'kid injects SQL that returns the HMAC key', "x' UNION SELECT 'failwell'-- -", 'failwell');
