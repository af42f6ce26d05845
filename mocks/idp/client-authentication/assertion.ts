import { decodeJwt, decodeProtectedHeader, type JWTVerifyGetKey } from 'jose';
import { Refusal } from '../http/answer.ts';
import type { Form } from '../http/form.ts';
import { verifiedJwt } from '../tokens/signed-jwt.ts';
import type { Attempt, Surroundings } from './attempt.ts';
import { clientSecretJwt } from './client-secret-jwt.ts';
import { privateKeyJwt } from './private-key-jwt.ts';
import type { AuthenticationMethod, RegisteredClient } from './registration.ts';

/** A method that proves itself by a signed JWT. */
export interface KeyMethod {
  readonly algorithms: readonly string[];
  /** `undefined` when the client has registered none. */
  keys(
    client: RegisteredClient,
    at: Pick<Surroundings, 'clientKeys' | 'call' | 'insistsOn'>,
  ): JWTVerifyGetKey | undefined;
}

const methods: { readonly [M in AuthenticationMethod]?: KeyMethod } = {
  client_secret_jwt: clientSecretJwt,
  private_key_jwt: privateKeyJwt,
};

/** Every JWS algorithm of an assertion. */
export const assertionAlgorithms = Object.values(methods).flatMap(({ algorithms }) => algorithms);

const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** RFC 7521 §4.2 and RFC 7523 §2.2. Throws a `Refusal` for half of it, or for a JWT that names no client. */
export function assertion(form: Form): Attempt | undefined {
  const [given, jwt] = [form.get('client_assertion_type'), form.get('client_assertion')];
  if (given === undefined && jwt === undefined) return undefined;
  if (given === undefined || jwt === undefined)
    throw new Refusal('invalid_request', 'client_assertion and client_assertion_type belong together');
  if (given !== type) throw refused('client_assertion_type is not that of a JWT');
  // RFC 7521 §4.2: client_id is optional, for the subject says it.
  const clientId = form.get('client_id') ?? subject(jwt);
  if (clientId === undefined) throw refused('The client assertion names no client');
  return {
    methods: ['client_secret_jwt', 'private_key_jwt'],
    clientId,
    prove: (client, method, at) => check(jwt, client, methods[method] as KeyMethod, at),
  };
}

function subject(jwt: string): string | undefined {
  try {
    const { sub } = decodeJwt(jwt);
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}

function typeOf(jwt: string): string {
  try {
    return decodeProtectedHeader(jwt).typ ?? 'JWT';
  } catch {
    throw refused('It is no signed JWT that can be read');
  }
}

/** RFC 7523 §3 and OIDC Core §9. */
async function check(jwt: string, client: RegisteredClient, method: KeyMethod, at: Surroundings): Promise<void> {
  const { assertions, issuer, endpoints } = at;
  const { tolerance, audience, longestLife } = assertions;
  const now = Math.floor(at.now() / 1000);
  // RFC 8725 §3.11: no JWT that was made for something else, as a request object is.
  if (!/^(application\/)?(client-authentication\+)?jwt$/i.test(typeOf(jwt))) throw refused('typ is another one');
  const keys = method.keys(client, at);
  if (!keys) throw refused('The client has registered no key for its assertions');
  const registered = client.tokenEndpointAuthSigningAlg;
  const claims = await verifiedJwt(jwt, keys, {
    // An algorithm of the other method is never a match, whatever is registered.
    algorithms: method.algorithms.filter((alg) => registered === undefined || alg === registered),
    issuer: client.id,
    subject: client.id,
    audience: audience === 'issuer only' ? issuer : accepted(endpoints, issuer),
    requiredClaims: ['exp', 'jti'],
    clockTolerance: tolerance,
    currentDate: new Date(now * 1000),
  }).catch((problem: Error) => {
    throw refused(problem.message);
  });
  if (audience === 'issuer only' && claims.aud !== issuer) throw refused('aud must be the issuer as a string');
  if (claims.iat !== undefined && claims.iat > now + tolerance) throw refused('iat is in the future');
  const { exp, jti } = claims as { readonly exp: number; readonly jti: unknown };
  if (exp > now + longestLife + tolerance) throw refused('exp is too far in the future');
  if (typeof jti !== 'string' || jti === '') throw refused('jti is not a string');
  const state = assertions.spend(client.id, jti, exp + tolerance, now);
  if (state === 'used') throw refused('The client assertion was used before');
  if (state === 'full') throw refused('Too many client assertions are alive: let them expire sooner');
}

/** RFC 7523 §3, and what RFC 9126 §2 and CIBA Core §7.1 want accepted besides. */
const accepted = (endpoints: Surroundings['endpoints'], issuer: string) =>
  [issuer, endpoints.token, endpoints['pushed-authorization'], endpoints['backchannel-authentication']].filter(
    (one) => one !== undefined,
  );

/** RFC 7521 §4.2.1: whatever is wrong with an assertion is `invalid_client`. */
const refused = (why: string) => new Refusal('invalid_client', `Client assertion: ${why}`);
