import type { Visit } from '../endpoint.ts';
import { Refusal } from '../http/answer.ts';
import type { ClientSettings } from '../registration/client.ts';

/**
 * The values that are asked for, each once; `all` when none are (RFC 6749 §3.3). Throws a `Refusal` (`invalid_scope`)
 * for one that is not among them, or leaves it out if the policy is so.
 */
export function granted(asked: string | undefined, all: readonly string[], { insistsOn }: Visit): string {
  if (asked === undefined) return all.join(' ');
  const values = asked.split(' ');
  if (!insistsOn('refusesUnknownScopes')) return all.filter((value) => values.includes(value)).join(' ');
  const unknown = values.find((value) => !all.includes(value));
  if (unknown !== undefined) throw new Refusal('invalid_scope', `Scope ${quoted(unknown)} is not known`);
  return [...new Set(values)].join(' ');
}

/** Those of these scope values that a client may ask for (RFC 7591 §2). */
export function registeredScopes(
  { scope }: ClientSettings,
  all: readonly string[],
  { insistsOn }: Pick<Visit, 'insistsOn'>,
): readonly string[] {
  const own = scope?.split(' ');
  return own && insistsOn('limitsScopes') ? all.filter((value) => own.includes(value)) : all;
}

/** Only characters that RFC 6749 §5.2 allows in `error_description`. */
export const quoted = (text: string) => `'${text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 80)}'`;
