import type { Fault } from '../../../../harness/model/fault.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { claimsOf } from '../../token/draft.ts';
import { family } from '../family.ts';

const fault = family('binding', { seam: 'access-token', layer: 'token', cause: 'attack/sender-constraint' });

// Only a token that is bound (RFC 7800 §3.1) can be bound wrongly.
const bound = (
  variant: string,
  summary: string,
  change: (confirmation: JsonObject, claims: JsonObject) => JsonObject,
): Fault<'access-token'> =>
  fault(variant, summary, (draft) => {
    const claims = claimsOf(draft);
    return claims.cnf ? { ...draft, payload: change(claims.cnf as JsonObject, claims) } : draft;
  });

export const bindingMissing = () =>
  bound('missing', 'cnf is missing: anybody may use the token', (_, { cnf, ...claims }) => claims);

/** RFC 9449 §6.1, RFC 8705 §3.1. */
export const bindingOther = () =>
  bound('other', 'cnf names the key of somebody else', (confirmation, claims) => ({
    ...claims,
    cnf: Object.fromEntries(Object.keys(confirmation).map((member) => [member, 'A'.repeat(43)])),
  }));

export const bindingEmpty = () => bound('empty', 'cnf is an empty object', (_, claims) => ({ ...claims, cnf: {} }));
