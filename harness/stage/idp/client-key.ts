import { constants, createHmac, createPrivateKey, createPublicKey, type JsonWebKey, sign } from 'node:crypto';
import { foreignKey, signingKey } from '../../../mocks/forge/keys.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Signed } from '../../model/step.ts';
import type { SigningKey } from '../../model/token.ts';

/** The keys of a client that has some of its own: one at a time. */
export interface ClientKey {
  /** What its JWK Set holds. */
  readonly jwks: { readonly keys: readonly JsonObject[] };
  /** A JWT of these claims, signed with its key (RS256) or in another way. */
  sign(claims: JsonObject, signed?: Signed, typ?: string): string;
  /** Takes a new one, under a new id; the old one is gone. */
  rotate(): Promise<void>;
}

/** Slots of key material that no issuer signs with. */
const [first, slots] = [90, 3];

/** A client's first key. @param name what the ids of its keys begin with */
export async function clientKey(name: string): Promise<ClientKey> {
  let count = 0;
  const next = () => {
    count += 1;
    return signingKey('RS256', `${name}-${count}`, first + (count % slots));
  };
  let key = await next();
  return {
    get jwks() {
      return { keys: [key.publicJwk] };
    },
    sign: (claims, signed, typ) => jwt(key, claims, signed, typ),
    async rotate() {
      key = await next();
    },
  };
}

/** RFC 7515 §3.1, in one of these ways. */
function jwt(own: SigningKey, claims: JsonObject, signed: Signed | undefined, typ = 'JWT'): string {
  const { kid, privateJwk, publicJwk } = signed === 'foreign' ? foreignKey(own.kid) : own;
  const alg = signed === 'public-as-secret' ? 'HS256' : signed === 'PS256' ? 'PS256' : 'RS256';
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg, kid, typ })}.${part(claims)}`;
  if (alg === 'HS256') {
    const secret = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }
  const key = createPrivateKey({ key: privateJwk as JsonWebKey, format: 'jwk' });
  const padding = alg === 'PS256' && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return `${text}.${sign('sha256', Buffer.from(text), { key, ...padding }).toString('base64url')}`;
}
