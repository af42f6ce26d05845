import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { Parameters } from '../../../harness/model/issuing.ts';
import type { Json } from '../../../harness/model/json.ts';
import { clientSecretJwt } from '../client-authentication/client-secret-jwt.ts';
import { privateKeyJwt } from '../client-authentication/private-key-jwt.ts';
import type { Visit } from '../endpoint.ts';
import { collected } from '../http/form.ts';
import { nestsWithin } from '../http/nesting.ts';
import type { Client } from '../registration/client.ts';
import { JwtProblem, verifiedJwt } from '../tokens/signed-jwt.ts';
import { PageError } from './authorization-error.ts';

/** JWS algorithms of request objects: by a key of the client or by its secret, and never `none` (RFC 9101 §6.2). */
export const requestObjectAlgorithms: readonly string[] = [...privateKeyJwt.algorithms, ...clientSecretJwt.algorithms];

/** What a JWT says of itself and not of the authorization request (RFC 9101 §4). */
const ownClaims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** Seconds by which the client's clock may differ. */
const tolerance = 10;

/** The parameters in a request object (RFC 9101 §4, §6). Rejects with a `PageError` (`invalid_request_object`). */
export async function requestObject(jwt: string, client: Client, visit: Visit): Promise<Parameters> {
  const checked = visit.insistsOn('verifiesRequestObjects');
  const claims = checked ? await genuine(jwt, client, visit) : claimsOf(jwt);
  const { iss, aud, client_id } = claims as { readonly [name: string]: unknown };
  if (checked && iss !== undefined && iss !== client.id) throw refused('iss is not the client');
  if (checked && aud !== undefined && ![aud].flat().includes(visit.issuer)) throw refused('aud is not this issuer');
  if (checked && client_id !== client.id) throw refused('client_id differs from the one outside');
  if ('request' in claims || 'request_uri' in claims) throw refused('It holds another request object');
  const pairs = Object.entries(claims as { readonly [name: string]: Json })
    .filter(([name, value]) => !ownClaims.includes(name) && value !== null)
    .map(([name, value]) => [name, asParameter(name, value)] as const);
  return collected(pairs).all;
}

async function genuine(jwt: string, client: Client, visit: Visit): Promise<JWTPayload> {
  const { alg = '', typ } = headerOf(jwt);
  const registered = client.requestObjectSigningAlg;
  if (registered !== undefined && alg !== registered) throw refused('The algorithm is not the registered one');
  // RFC 8725 §3.11: no JWT that was made for something else.
  if (typ !== undefined && !/^(application\/)?(oauth-authz-req\+)?jwt$/i.test(typ)) throw refused('typ is another one');
  const method = clientSecretJwt.algorithms.includes(alg) ? clientSecretJwt : privateKeyJwt;
  const keys = method.keys(client, visit);
  if (!keys) throw refused('The client has registered no key for it');
  const options = { algorithms: [...method.algorithms], clockTolerance: tolerance, currentDate: new Date(visit.now()) };
  try {
    return await verifiedJwt(jwt, keys, options);
  } catch (problem) {
    if (problem instanceof JwtProblem) throw refused(problem.message);
    throw problem;
  }
}

/** Of whomever. */
function claimsOf(jwt: string): JWTPayload {
  try {
    return { ...decodeJwt(jwt) };
  } catch {
    throw refused('It is no JWT that can be read');
  }
}

function headerOf(jwt: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(jwt);
  } catch {
    throw refused('It is no signed JWT that can be read');
  }
}

/** Numbers, objects and lists stand in it as JSON (RFC 9101 §4); in a query they would stand as text. */
function asParameter(name: string, value: Json): string {
  if (!nestsWithin(value)) throw refused(`${name} is nested too deep`);
  if (typeof value !== 'object') return String(value);
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList ? value.join(name === 'resource' ? '\n' : ' ') : JSON.stringify(value);
}

const refused = (why: string) => new PageError(`Request object: ${why}`, 'invalid_request_object');
