import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type Document, jsonObject, type Question, unusable } from './fetch.ts';
import type { Gateway } from './parts.ts';
import { Refusal } from './refusal.ts';
import type { Limits } from './settings.ts';
import { kind, shown } from './text.ts';
import type { Members } from './token.ts';

/** A key of the issuer's, imported once. */
export interface VerificationKey {
  readonly kid?: string;
  /** `RSA` or `EC`: what `key` is. */
  readonly kty: string;
  readonly alg?: unknown;
  readonly use?: unknown;
  readonly ops?: unknown;
  readonly key: KeyObject;
}

export interface KeySet {
  readonly url: string;
  readonly keys: readonly VerificationKey[];
  /** Keys that could not be imported, and why: defects of the document, by kid. */
  readonly defects: readonly { readonly kid?: string; readonly problem: string }[];
  /** On `performance.now()`'s scale. */
  readonly fetchedAt: number;
}

/** Where verification keys come from. */
export interface KeySource {
  /** The keys to verify with. Throws a `Refusal` (503) when there are none and none can be had. */
  current(): Promise<KeySet>;
  /** Fetches again because `seen` did not help, unless that was tried a moment ago. Throws a `Refusal` (503). */
  refreshed(seen: KeySet): Promise<KeySet>;
}

/** Keeps the issuer's keys, as the gateway's parts fetch them. */
export function keepKeys(gateway: Gateway): KeySource {
  return cacheKeys(
    gateway.limits,
    () => gateway.parts.fetchKeys(gateway),
    (cause) => gateway.log('stderr', `level=warn cause="${cause}"`),
  );
}

/**
 * A cache of keys. One fetch at a time; never two within `keyRefresh`, whether good or bad, nor before a `Retry-After` is
 * over. While the IdP is down the last keys serve on, within a bound.
 * @param fetch throws a `Refusal` when there are none to be had
 * @param warn told in words of keys that are used longer than usual
 */
export function cacheKeys(
  limits: Pick<Limits, 'keyCache' | 'keyCacheWhileDown' | 'keyRefresh'>,
  fetch: () => Promise<KeySet>,
  warn: (cause: string) => void,
): KeySource {
  let kept: KeySet | undefined;
  let failed: { readonly refusal: Refusal; readonly until: number } | undefined;
  let underWay: Promise<KeySet> | undefined;

  async function load(): Promise<KeySet> {
    try {
      kept = await fetch();
      failed = undefined;
      return kept;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const wait = Math.max(limits.keyRefresh, error.facts.retryAfter ?? 0);
      failed = { refusal: error, until: performance.now() + wait };
      throw error;
    } finally {
      underWay = undefined;
    }
  }

  async function fetched(): Promise<KeySet> {
    if (underWay) return underWay;
    if (failed && performance.now() < failed.until) throw failed.refusal;
    if (kept && performance.now() - kept.fetchedAt < limits.keyRefresh) return kept;
    underWay = load();
    return underWay;
  }

  return {
    async current() {
      const age = kept ? performance.now() - kept.fetchedAt : Number.POSITIVE_INFINITY;
      if (kept && age < limits.keyCache) return kept;
      try {
        return await fetched();
      } catch (error) {
        if (!kept || age > limits.keyCacheWhileDown || !(error instanceof Refusal)) throw error;
        warn(`using keys fetched ${Math.round(age / 1000)} s ago: ${error.facts.because}`);
        return kept;
      }
    },
    refreshed: async (seen) => (kept && kept !== seen ? kept : fetched()),
  };
}

/** The issuer's keys, by way of its metadata, within one deadline. */
export async function fetchKeys(gateway: Gateway): Promise<KeySet> {
  const until = performance.now() + gateway.limits.idpDeadline;
  const url = await gateway.parts.discover(gateway, until);
  return keysIn(await gateway.parts.fetchDocument(gateway, { what: 'JWKS', url, until }));
}

/** The keys in a JWK Set. Throws a `Refusal` (503) when none of them is of use. */
export function keysIn(document: Document): KeySet {
  const { question } = document;
  const { keys: entries } = jsonObject(document);
  if (!Array.isArray(entries)) throw unusable(question, `has no keys array: keys is ${kind(entries)}`);
  const keys: VerificationKey[] = [];
  const defects: { kid?: string; problem: string }[] = [];
  for (const entry of entries as readonly unknown[]) {
    const jwk = typeof entry === 'object' && entry !== null ? (entry as Members) : {};
    const kid = typeof jwk.kid === 'string' ? { kid: jwk.kid } : {};
    try {
      keys.push({ ...kid, ...importKey(jwk) });
    } catch (error) {
      defects.push({ ...kid, problem: (error as Error).message });
    }
  }
  if (keys.length === 0) {
    const why = defects.map(({ kid, problem }) => `kid ${shown(kid)}: ${problem}`).slice(0, 5);
    throw unusable(
      question,
      `has no usable signing key: ${entries.length} keys${why.length > 0 ? `; ${why.join('; ')}` : ''}`,
    );
  }
  return { url: question.url, keys, defects, fetchedAt: performance.now() };
}

/** The JWKS URL in the issuer's metadata, which must be this issuer's (OpenID Connect Discovery 1.0 §4.3). */
export async function discover(gateway: Gateway, until: number): Promise<string> {
  const { issuer } = gateway.wiring;
  const question: Question = { what: 'discovery document', url: `${issuer}/.well-known/openid-configuration`, until };
  const metadata = jsonObject(await gateway.parts.fetchDocument(gateway, question));
  if (metadata.issuer !== issuer) {
    throw unusable(question, `is not this issuer's: issuer is ${shown(metadata.issuer)}, expected '${issuer}'`);
  }
  const { jwks_uri: url } = metadata;
  if (typeof url !== 'string' || !URL.canParse(url) || !url.startsWith('https://')) {
    const what = url === undefined ? 'missing' : 'invalid';
    throw unusable(question, `has jwks_uri ${what}: got ${shown(url)}, expected an https URL`);
  }
  return url;
}

/** Imports the public half of an RSA or EC key; anything else has a problem, which is the message. */
export function importKey(jwk: Members): Omit<VerificationKey, 'kid'> {
  const { kty, n, e, crv, x, y, alg, use, key_ops: ops } = jwk;
  if (kty !== 'RSA' && kty !== 'EC') throw new Error(`kty is ${shown(kty)}, expected RSA or EC`);
  const named = kty === 'RSA' ? { n, e } : { crv, x, y };
  for (const [name, value] of Object.entries(named)) {
    if (typeof value !== 'string' || value === '') throw new Error(`member ${name} is missing or no string`);
  }
  let key: KeyObject;
  try {
    key = createPublicKey({ key: { kty, ...named } as JsonWebKey, format: 'jwk' });
  } catch {
    throw new Error(`its ${kty} members make no key`);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < 2048) throw new Error(`it has ${bits} bits, at least 2048 are needed`);
  return { kty, alg, use, ops, key };
}
