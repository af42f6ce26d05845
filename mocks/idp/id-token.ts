import { createHash } from 'node:crypto';
import { FailwellError } from '../../harness/model/error.ts';
import type { Signer, SigningKey } from '../../harness/model/token.ts';
import { forge } from '../forge/forge.ts';
import type { Client } from './client.ts';
import type { Visit } from './endpoint.ts';
import type { Family } from './families.ts';

/** What an ID token is about. */
interface IdTokenFacts {
  readonly family: Family;
  readonly accessToken: string;
  readonly nonce: string | undefined;
}

/** An ID token (OIDC Core §2) with `at_hash` (§3.1.3.6), signed with the algorithm that the client registered. */
export async function idToken(facts: IdTokenFacts, client: Client, visit: Visit): Promise<string> {
  const { family, accessToken, nonce } = facts;
  const { issuer, attackerUrl, keyring } = visit;
  const alg = idTokenAlgorithm(client);
  const published = visit.signingKeys();
  const signer = signerFor(client, { published });
  const now = Math.floor(visit.now() / 1000);
  const draft = visit.through('id-token', {
    header: { alg, typ: 'JWT', ...(signer.by === 'key' && { kid: signer.key.kid }) },
    payload: {
      iss: issuer,
      sub: family.sub,
      aud: client.id,
      exp: now + visit.lifetime('idToken'),
      iat: now,
      auth_time: family.authTime,
      ...(nonce !== undefined && { nonce }),
      acr: family.acr,
      amr: family.amr,
      at_hash: halfHash(alg, accessToken),
    },
    signer,
    afterwards: [],
    surroundings: { now, issuer, audience: client.id, published, foreign: keyring.foreign, attackerUrl },
  });
  return forge(draft);
}

/** OIDC Core §2 and OpenID Connect Registration §2. */
const idTokenAlgorithm = ({ idTokenSignedResponseAlg: alg = 'RS256' }: Client) => alg;

/** Throws a `FailwellError` (`config`) for a client whose ID tokens nothing here can sign. */
export function signerFor(client: Client, { published }: { readonly published: readonly SigningKey[] }): Signer {
  const alg = idTokenAlgorithm(client);
  const [, bits] = /^HS(256|384|512)$/.exec(alg) ?? [];
  // OIDC Core §10.1: the key is the UTF-8 of the client's secret.
  if (bits && client.secret !== undefined)
    return { by: 'hmac', secret: Buffer.from(client.secret), hash: `sha${bits}` };
  const key = published.find((one) => one.alg === alg);
  if (key) return { by: 'key', key };
  const known = [...new Set(published.map((one) => one.alg))].join(', ');
  throw new FailwellError('config', `ID tokens of client ${client.id} cannot be signed with ${alg}: use ${known}`);
}

/** The left half of a hash in base64url, of the hash that the JWS algorithm uses (OIDC Core §3.1.3.6). */
function halfHash(alg: string, text: string): string {
  const [, bits = '512'] = /(256|384|512)$/.exec(alg) ?? [];
  const hash = createHash(`sha${bits}`).update(text).digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}
