import { constants, createHmac, createPrivateKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { FailwellError } from '../../harness/model/error.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { Signer, SigningKey, TokenDraft } from '../../harness/model/token.ts';

/** JWS Compact Serialization (RFC 7515 §7.1) of whatever the draft says, without asking whether it makes sense. */
export async function serialise(draft: TokenDraft): Promise<string> {
  const header = draft.encodedHeader ?? encoded(draft.header);
  const payload = draft.encodedPayload ?? encoded(draft.payload);
  const input = `${header}.${payload}`;
  return `${input}.${(await signature(draft.signer, input)).toString('base64url')}`;
}

/** The same for header and payload as they are. */
export async function signJson(header: JsonObject, payload: JsonObject, key: SigningKey): Promise<string> {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${(await signature({ by: 'key', key }, input)).toString('base64url')}`;
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

// Off the main thread: an RSA signature takes as long as several requests.
const signed = promisify(sign);

async function signature(signer: Signer, input: string): Promise<Buffer> {
  switch (signer.by) {
    case 'bytes':
      return Buffer.from(signer.signature);
    case 'hmac':
      return createHmac(signer.hash, signer.secret).update(input).digest();
    case 'key':
      return await signed(hash(signer.key.alg), Buffer.from(input), keyObject(signer.key));
  }
}

/** The hash of a JWS algorithm; `null` where the algorithm brings its own. */
function hash(alg: string): string | null {
  if (alg === 'EdDSA' || alg === 'Ed25519') return null;
  const [, bits] = /^(?:RS|PS|ES)(1|256|384|512)$/.exec(alg) ?? [];
  if (bits) return `sha${bits}`;
  throw new FailwellError(
    'usage',
    `Nothing can be signed with '${alg}': give the key an RS, PS, ES or EdDSA algorithm`,
  );
}

function manner(alg: string): object {
  if (alg.startsWith('PS'))
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return alg.startsWith('ES') ? { dsaEncoding: 'ieee-p1363' } : {};
}

const objects = new WeakMap<SigningKey, KeyObject>();

/** With the manner of signing on the key itself: to find the key in an object around it takes Node half as long again. */
function keyObject(key: SigningKey): KeyObject {
  let object = objects.get(key);
  if (!object) {
    object = createPrivateKey({ key: key.privateJwk as JsonWebKey, format: 'jwk' });
    objects.set(key, Object.assign(object, manner(key.alg)));
  }
  return object;
}
