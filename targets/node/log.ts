import morgan from 'morgan';

/** morgan's usual line without the query, which may hold a token: that we use morgan is not the package's doing. */
export const accessLog = morgan(
  (tokens, req, res) =>
    `${tokens['remote-addr']?.(req, res) ?? '-'} - - [${tokens.date?.(req, res, 'clf')}] "${req.method} ${withoutQuery(
      tokens.url?.(req, res) ?? '',
    )} HTTP/${req.httpVersion}" ${tokens.status?.(req, res) ?? '-'} ${tokens.res?.(req, res, 'content-length') ?? '-'}`,
);

const withoutQuery = (url: string) => url.replace(/\?.*/, '');

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
  console.error(`${method} ${withoutQuery(url)}: ${explain(error)}`);
}
