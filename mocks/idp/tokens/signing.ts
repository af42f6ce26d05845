import { createHash } from 'node:crypto';
import { FailwellError } from '../../../harness/model/error.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { Signer, SigningKey, TokenDraft } from '../../../harness/model/token.ts';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';

/** JWS algorithms of the IdP's own keys (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). */
export const keyAlgorithms: readonly string[] = [
  ...['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((bits) => `${kind}${bits}`)),
  'EdDSA',
  'Ed25519',
];

/** Those that are keyed with the client's secret. */
const secretAlgorithms: readonly string[] = ['HS256', 'HS384', 'HS512'];

/** JWS algorithms of what is for a client: ID tokens, UserInfo, … */
export const clientAlgorithms: readonly string[] = [...keyAlgorithms, ...secretAlgorithms];

/**
 * What a client gets that did not ask for another: RS256 (OpenID Connect Registration §2), unless the issuer has other
 * keys only.
 */
export const usualAlgorithm = (signingAlgs: readonly [string, ...string[]]) =>
  signingAlgs.includes('RS256') ? 'RS256' : signingAlgs[0];

/** The JWS algorithm of a client's ID tokens (OpenID Connect Registration §2). */
export const idTokenAlgorithm = ({ idTokenSignedResponseAlg: alg }: Client, { clientAlg }: Visit) => alg ?? clientAlg;

/** Algorithms of the issuer's own keys that this client needs. */
export function algorithmsFor(client: Client): readonly string[] {
  const { idTokenSignedResponseAlg, userinfoSignedResponseAlg, introspectionSignedResponseAlg } = client;
  const wanted = [
    idTokenSignedResponseAlg,
    userinfoSignedResponseAlg,
    introspectionSignedResponseAlg,
    client.authorizationSignedResponseAlg,
  ];
  for (const alg of wanted) if (alg !== undefined) checkAlgorithm(alg, client);
  if (client.accessTokenSigningAlg !== undefined && !keyAlgorithms.includes(client.accessTokenSigningAlg))
    throw unknown(client.accessTokenSigningAlg, client, keyAlgorithms);
  return [...wanted, client.accessTokenSigningAlg].filter(
    (alg) => alg !== undefined && keyAlgorithms.includes(alg),
  ) as readonly string[];
}

function checkAlgorithm(alg: string, client: Client): void {
  const known = !client.secret ? keyAlgorithms : clientAlgorithms;
  if (!known.includes(alg)) throw unknown(alg, client, known);
}

const unknown = (alg: string, client: Client, known: readonly string[]) =>
  new FailwellError('config', `Nothing for client ${client.id} can be signed with ${alg}: use ${known.join(', ')}.`);

/** What a JWT for a client says before it is signed. */
interface Statement {
  readonly alg?: string | undefined;
  /** Its media type without `application/` (RFC 8725 §3.11). */
  readonly typ: string;
  readonly payload: JsonObject;
  /** It is issued for a refresh token, and another one has gone before it. */
  readonly refreshed?: boolean | undefined;
}

/**
 * A JWT for a client, to go through its seam and to be signed by the forge. Rejects with a `FailwellError` (`config`)
 * for an algorithm that nothing here can sign with.
 */
export async function draftFor(
  client: Client,
  { alg: asked, typ, payload, refreshed }: Statement,
  visit: Visit,
): Promise<TokenDraft> {
  const { issuer, attackerUrl, keyring } = visit;
  const alg = asked ?? visit.clientAlg;
  const signer = await signerFor(client, alg, visit);
  return {
    header: { alg, typ, ...(signer.by === 'key' && { kid: signer.key.kid }) },
    payload,
    signer,
    afterwards: [],
    surroundings: {
      now: Math.floor(visit.now() / 1000),
      issuer,
      audience: client.id,
      published: visit.signingKeys(),
      // Only a flaw asks for it, and it takes a while to make.
      get foreign() {
        return keyring.foreign;
      },
      attackerUrl,
      ...recipientOf(client),
      ...(refreshed && { refreshed }),
    },
  };
}

function recipientOf({ jwks }: Client): Pick<TokenDraft['surroundings'], 'recipient'> {
  const key = jwks?.keys.find(({ kty, use }) => kty === 'RSA' && use === 'enc');
  return key ? { recipient: key as JsonObject } : {};
}

async function signerFor(client: Client, alg: string, visit: Visit): Promise<Signer> {
  checkAlgorithm(alg, client);
  // OIDC Core §10.1: the key is the UTF-8 of the client's secret.
  if (secretAlgorithms.includes(alg))
    return { by: 'hmac', secret: Buffer.from(client.secret ?? ''), hash: `sha${alg.slice(2)}` };
  return { by: 'key', key: await signingKeyFor(alg, visit) };
}

/** The key that signs with this algorithm, as the faults leave it. One that was not there is made. */
export async function signingKeyFor(alg: string, { signingKeys, keyring }: Visit): Promise<SigningKey> {
  return signingKeys().find((key) => key.alg === alg) ?? keyring.keyFor(alg);
}

/**
 * The left half of a hash in base64url, of the hash that the JWS algorithm uses: `at_hash`, `c_hash` and `s_hash`
 * (OIDC Core §3.1.3.6, §3.3.2.11).
 */
export function halfHash(alg: string, text: string): string {
  const [, bits = '512'] = /(256|384|512)$/.exec(alg) ?? [];
  const hash = createHash(`sha${bits}`).update(text).digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}
