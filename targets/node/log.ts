/** An error and its causes in one line: `TypeError: fetch failed ← Error (ECONNREFUSED): connect ECONNREFUSED`. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Many packages leave the name as it is; what console.error prints is their class.
  const name = error.name === 'Error' ? error.constructor.name : error.name;
  const code = 'code' in error && error.code !== '' ? ` (${error.code})` : '';
  const cause = error.cause === undefined ? '' : ` ← ${explain(error.cause)}`;
  return `${name}${code}: ${error.message}${cause}`;
}

/** What an operator's error log says of a request that failed. A query may hold a token, so it is left out. */
export function logError(method: string, url: string, error: unknown): void {
  console.error(`${method} ${url.replace(/\?.*/, '')}: ${explain(error)}`);
}
