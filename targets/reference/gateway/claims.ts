import type { Gateway } from './parts.ts';
import { insufficientScope, invalidToken, type Refusal } from './refusal.ts';
import { instant, kind, shown } from './text.ts';
import type { Members } from './token.ts';

/** `iss` is exactly the configured issuer (RFC 9068 §4). */
export function checkIssuer({ iss }: Members, { wiring }: Gateway): void {
  if (iss === wiring.issuer) return;
  throw invalidToken(
    `issuer ${iss === undefined ? 'missing' : 'mismatch: not trusted here'}`,
    `issuer mismatch: got ${shown(iss)}, expected '${wiring.issuer}'`,
  );
}

/** `aud` is this resource, or a list of strings with it among them (RFC 7519 §4.1.3, RFC 9068 §4). */
export function checkAudience({ aud }: Members, { wiring }: Gateway): void {
  if (aud === wiring.audience) return;
  if (Array.isArray(aud) && aud.includes(wiring.audience) && aud.every((one) => typeof one === 'string')) return;
  throw invalidToken(
    `audience ${aud === undefined ? 'missing' : 'mismatch: not for this resource'}`,
    `audience mismatch: got ${shown(aud)}, expected '${wiring.audience}'`,
  );
}

/** "on or after which the JWT MUST NOT be accepted" (RFC 7519 §4.1.4), with the leeway. */
export function checkExpiry({ exp }: Members, gateway: Gateway): void {
  const time = numeric('exp', exp);
  const now = seconds(gateway);
  if (now < time + gateway.limits.leeway / 1000) return;
  throw outOfTime(`token expired at ${instant(time)}`, 'token expired', 'exp', time, gateway);
}

/** "before which the JWT MUST NOT be accepted" (RFC 7519 §4.1.5), with the leeway. */
export function checkNotBefore({ nbf }: Members, gateway: Gateway): void {
  if (nbf === undefined) return;
  const time = numeric('nbf', nbf);
  if (seconds(gateway) >= time - gateway.limits.leeway / 1000) return;
  throw outOfTime(`token not yet valid: valid from ${instant(time)}`, 'token not yet valid', 'nbf', time, gateway);
}

/** A token from the future: its issuer's clock and this one disagree by more than the leeway, or it is forged. */
export function checkIssuedAt({ iat }: Members, gateway: Gateway): void {
  const time = numeric('iat', iat);
  if (seconds(gateway) >= time - gateway.limits.leeway / 1000) return;
  throw outOfTime(`token issued in the future at ${instant(time)}`, 'token issued in the future', 'iat', time, gateway);
}

/** The claims of RFC 9068 §2.2 that no other check needs. */
export function checkRequired(claims: Members): void {
  for (const name of ['sub', 'client_id', 'jti']) {
    const value = claims[name];
    if (typeof value === 'string' && value !== '') continue;
    const got = value === undefined ? 'none' : value === '' ? 'an empty one' : kind(value);
    throw invalidToken(`malformed token: ${name} claim got ${got}, expected a string`);
  }
}

/** The scope that the API needs is one of the values of `scope` (RFC 6749 §3.3); otherwise 403 (RFC 6750 §3.1). */
export function checkScope({ scope }: Members, { wiring }: Gateway): void {
  if (typeof scope === 'string' && scope.split(' ').includes(wiring.scope)) return;
  throw insufficientScope(wiring.scope, `insufficient scope: got ${shown(scope)}, expected '${wiring.scope}'`);
}

const seconds = ({ wiring }: Gateway) => wiring.clock.now() / 1000;

/** RFC 7519 §2: a NumericDate is a JSON number. One too large for a double reads as Infinity. */
function numeric(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const says = `${name} claim ${value === undefined ? 'missing' : 'not a number'}`;
  throw invalidToken(says, `${says}: got ${shown(value)}, expected seconds since 1970`);
}

function outOfTime(says: string, problem: string, claim: string, time: number, gateway: Gateway): Refusal {
  const now = instant(Math.floor(seconds(gateway)));
  return invalidToken(
    says,
    `${problem}: ${claim} ${instant(time)}, now ${now}, leeway ${gateway.limits.leeway / 1000} s`,
  );
}
