import { errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Policy } from '../../../harness/model/issuing.ts';
import { boundedMap } from '../bounded.ts';
import type { RegisteredClient } from '../client-authentication/registration.ts';
import type { Call } from '../outgoing.ts';
import { JwtProblem, keysOf } from '../tokens/signed-jwt.ts';
import { isPublicSet } from './registration-metadata.ts';

/** The keys with which clients sign. */
export interface ClientKeys {
  /** `undefined` when the client has registered none. What they are fetched by rejects with a `JwtProblem`. */
  of(client: RegisteredClient, at: KeyHunt): JWTVerifyGetKey | undefined;
}

/** How keys are looked for while one request is answered. */
interface KeyHunt {
  readonly call: Call | undefined;
  insistsOn(what: keyof Policy & 'refetchesClientKeys'): boolean;
}

/** Bytes of the largest JWK Set of a client. */
const longest = 1024 * 1024;

/** Fetches what stands at a client's `jwks_uri` when it is needed first, and again for a `kid` that is not among it (OIDC Core §10.1.1). */
export function createClientKeys(): ClientKeys {
  const sets = boundedMap<JSONWebKeySet>();
  return {
    of({ jwks, jwksUri }, { call, insistsOn }) {
      if (jwks) return keysOf(jwks);
      if (jwksUri === undefined) return undefined;
      const fetched = async () => {
        try {
          const set = await fetchedFrom(jwksUri, call);
          sets.set(jwksUri, set);
          return set;
        } catch (problem) {
          if (!insistsOn('refetchesClientKeys')) sets.set(jwksUri, { keys: [] });
          throw problem;
        }
      };
      return async (header, jwt) => {
        const known = sets.get(jwksUri);
        if (!known) return await keysOf(await fetched())(header, jwt);
        try {
          return await keysOf(known)(header, jwt);
        } catch (error) {
          if (!(error instanceof errors.JWKSNoMatchingKey) || !insistsOn('refetchesClientKeys')) throw error;
          return await keysOf(await fetched())(header, jwt);
        }
      };
    },
  };
}

async function fetchedFrom(url: string, call: Call | undefined): Promise<JSONWebKeySet> {
  if (!call) throw new JwtProblem('jwks_uri cannot be fetched from here');
  const headers = [['accept', 'application/json']] as const;
  const asked = { method: 'GET', url, headers, body: new Uint8Array() } as const;
  const answer = await call(asked).catch((error: Error) => {
    throw new JwtProblem(`jwks_uri ${url} could not be fetched: ${error.message}`);
  });
  if (answer.status !== 200) throw new JwtProblem(`jwks_uri ${url} was answered with ${answer.status}`);
  const set = answer.body.length > longest ? undefined : parsed(answer.body);
  if (!isPublicSet(set as never))
    throw new JwtProblem(`jwks_uri ${url} was not answered with a JWK Set of public keys`);
  return set as JSONWebKeySet;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
