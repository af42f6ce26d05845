import type { JsonObject } from '../../../harness/model/json.ts';
import { tokenFault, withHeader } from './draft.ts';

// RFC 7515 §4.1.11: what `crit` lists must be understood, or the JWS is invalid. The signature is right throughout.
const critical = (variant: string, summary: string, members: JsonObject) =>
  tokenFault(`crit-${variant}`, 'token/malformed', summary, (draft) => withHeader(draft, members));

const unknown = 'https://failwell.example/unknown';

export const critUnknown = () =>
  critical('unknown', 'crit lists an extension that nobody knows', { crit: [unknown], [unknown]: true });

export const critEmpty = () => critical('empty', 'crit is an empty array', { crit: [] });

export const critString = () => critical('string', 'crit is a string', { crit: unknown, [unknown]: true });

export const critAbsentMember = () =>
  critical('absent-member', 'crit lists a member that the header lacks', { crit: [unknown] });

export const critRegistered = () => critical('registered', 'crit lists alg, which needs no listing', { crit: ['alg'] });

export const critDuplicate = () =>
  critical('duplicate', 'crit lists the same extension twice', { crit: [unknown, unknown], [unknown]: true });

/** RFC 7797 §7 forbids `b64: false` in a JWT. */
export const critB64 = () => critical('b64', 'b64 is false, and crit lists it', { crit: ['b64'], b64: false });
