import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Parameters } from '../../../../harness/model/issuing.ts';
import { family } from '../family.ts';

// The IdP does not look at what was asked for, and nobody is told.
const authorize = family('ignores', { seam: 'authorize-request', layer: 'flow', cause: 'attack/csrf' });
const token = family('ignores', { seam: 'token-request', layer: 'flow', cause: 'client/scope' });

const lacking =
  (...names: readonly string[]) =>
  (parameters: Parameters): Parameters =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));

const ignored = (name: string, cause: CauseId, ...others: readonly string[]) =>
  authorize(
    name.replaceAll('_', '-'),
    `${name} of an authorization request is ignored`,
    lacking(name, ...others),
    cause,
  );

export const ignoresNonce = () => ignored('nonce', 'attack/csrf');
export const ignoresState = () => ignored('state', 'attack/csrf');
/** A downgrade: the code is bound to nothing (RFC 9700 §4.8.2). */
export const ignoresCodeChallenge = () => ignored('code_challenge', 'attack/code', 'code_challenge_method');
export const ignoresPrompt = () => ignored('prompt', 'policy/conditional-access');
export const ignoresMaxAge = () => ignored('max_age', 'policy/assurance-claims');
export const ignoresResponseMode = () => ignored('response_mode', 'migration/interpretation');

/** RFC 6749 §3.3: what is granted is not what was asked for, and `scope` says so. */
export const ignoresScope = () =>
  token('scope', 'scope of a token request is ignored: the client gets all it may have', lacking('scope'));
/** RFC 8707 §2: the token is for the usual API, and not for the one that was named. */
export const ignoresResource = () =>
  token('resource', 'resource of a token request is ignored', lacking('resource'), 'token/audience');
