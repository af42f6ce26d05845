import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';

/** Why a JWT is worth nothing; the message is for whoever sent it. */
export class JwtProblem extends Error {
  /** It was worth something before. */
  readonly expired: boolean;

  constructor(message: string, expired = false) {
    super(message);
    this.expired = expired;
  }
}

/** The claims of a JWT that one of these keys signed. Rejects with a `JwtProblem`. */
export async function verifiedJwt(jwt: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(jwt, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return anyOf(error, jwt, options);
    throw problem(error);
  }
}

/** Without a `kid`, each key for that algorithm may have signed. */
async function anyOf(keys: errors.JWKSMultipleMatchingKeys, jwt: string, options: JWTVerifyOptions) {
  for await (const key of keys) {
    try {
      return (await jwtVerify(jwt, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw problem(error);
    }
  }
  throw new JwtProblem('The signature is wrong');
}

function problem(error: unknown): JwtProblem {
  if (error instanceof JwtProblem) return error;
  if (error instanceof errors.JWTExpired) return new JwtProblem('exp has passed', true);
  if (error instanceof errors.JWTClaimValidationFailed)
    return new JwtProblem(`${error.claim} is ${error.reason === 'missing' ? 'missing' : 'wrong'}`);
  if (error instanceof errors.JOSEAlgNotAllowed) return new JwtProblem('The algorithm is not allowed');
  if (error instanceof errors.JWKSNoMatchingKey) return new JwtProblem('No registered key fits the header');
  if (error instanceof errors.JWSSignatureVerificationFailed) return new JwtProblem('The signature is wrong');
  return new JwtProblem('It is no signed JWT that can be read');
}

type Keys = ReturnType<typeof createLocalJWKSet>;

const sets = new WeakMap<JSONWebKeySet, Keys>();

/** The keys of a set, imported once. */
export function keysOf(jwks: JSONWebKeySet): Keys {
  let set = sets.get(jwks);
  if (!set) {
    set = createLocalJWKSet(jwks);
    sets.set(jwks, set);
  }
  return set;
}
