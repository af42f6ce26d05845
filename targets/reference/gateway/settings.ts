import { FailwellError } from '../../../harness/model/error.ts';
import type { GatewayWiring } from '../../../harness/model/target.ts';

/** Every bound of the gateway. Times in milliseconds, sizes in bytes. What it declares to Failwell stands here too. */
export const limits = {
  /** How far the issuer's clock may be ahead or behind. */
  leeway: 5_000,
  /** Cached keys are used for so long without asking again. */
  keyCache: 600_000,
  /** While the IdP is down, cached keys are used for so long. */
  keyCacheWhileDown: 3_600_000,
  /** After a fetch of the keys, good or bad, the next one comes no sooner. */
  keyRefresh: 1_000,
  /** For everything one decision needs from the IdP: discovery, keys and one retry, or introspection. */
  idpDeadline: 2_000,
  /** For a connection with TLS to the IdP or the API. */
  connectDeadline: 1_000,
  /** Of the time for a connection, for the address. */
  nameDeadline: 800,
  /** Before the one retry. */
  retryPause: 100,
  /** A `Retry-After` is honoured, but no longer than this. */
  longestRetryAfter: 60_000,
  /** A discovery document, a JWK Set or an introspection answer. */
  document: 256 * 1024,
  apiDeadline: 2_000,
  apiAnswer: 4 * 1024 * 1024,
  requestHeader: 256 * 1024,
  requestBody: 1024 * 1024,
  token: 16 * 1024,
  keyId: 1024,
  /** A DPoP proof is taken for so long. */
  proofAge: 60_000,
  /** As many DPoP proofs are remembered, so that none counts twice. */
  proofs: 100_000,
  /** The `jti` of a DPoP proof, in characters. */
  proofId: 256,
} as const;

export type Limits = { readonly [L in keyof typeof limits]: number };

const placeholder =
  /^(?:$|<.*>$|\$\{|\{\{|change.?me|your[-_ ]|todo\b|xxx|undefined$|null$)|\bexample\.(?:com|org|net)\b/i;

/** Refuses a configuration that cannot work, at start-up rather than per request. Throws `FailwellError` (`config`). */
export function checkSettings(wiring: GatewayWiring): void {
  const { issuer, audience, scope, clientId, clientSecret, introspectionEndpoint, api } = wiring;
  const all = { issuer, audience, scope, clientId, clientSecret, introspectionEndpoint, api };
  for (const [name, value] of Object.entries(all)) {
    const shown = value === '' ? 'empty' : name === 'clientSecret' ? 'a placeholder' : `'${value}', a placeholder`;
    if (placeholder.test(value.trim())) throw wrong(name, `is ${shown}`, 'the value of this environment');
    if (value !== value.trim()) throw wrong(name, 'begins or ends with a space or line end', 'it without');
  }
  for (const [name, value] of Object.entries({ issuer, introspectionEndpoint, api })) {
    if (!URL.canParse(value)) throw wrong(name, `is '${value}', which is no URL`, 'an absolute https URL');
    if (!value.startsWith('https://')) throw wrong(name, `is '${value}', which is not https`, 'an https URL');
  }
  if (/[?#]/.test(issuer))
    throw wrong('issuer', `is '${issuer}', with a query or fragment`, 'an issuer identifier without');
}

function wrong(name: string, problem: string, remedy: string): FailwellError {
  return new FailwellError('config', `The gateway's setting ${name} ${problem}: set ${remedy}`);
}
