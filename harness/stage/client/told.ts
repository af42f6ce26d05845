import type { ClientError } from '../../model/client.ts';

/** Causes deeper than this say nothing new. */
const deepest = 5;

/** An error with all its causes on one line: `name: message (code) ← name: message`. */
export function inWords(error: ClientError, depth = 0): string {
  const { name, message, code, cause } = error;
  const own = `${name}: ${message}${code === undefined ? '' : ` (${code})`}`.replaceAll(/\s+/g, ' ');
  return cause === undefined || depth >= deepest ? own : `${own} ← ${inWords(cause, depth + 1)}`;
}
