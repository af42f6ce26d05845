import morgan from 'morgan';

const withoutQuery = (url: string | undefined) => url?.replace(/\?.*/, '');

/**
 * morgan's `combined` line as far as it says something here. The query is left out, for it may hold a token: that morgan
 * is used is not the package's doing.
 */
export const accessLog = morgan((tokens, req, res) => {
  const { 'remote-addr': address, date, url, status, res: field } = tokens;
  const request = `${req.method} ${withoutQuery(url?.(req, res))} HTTP/${req.httpVersion}`;
  const answer = `${status?.(req, res) ?? '-'} ${field?.(req, res, 'content-length') ?? '-'}`;
  const agent = req.headers['user-agent'] === undefined ? '' : ` "-" "${req.headers['user-agent']}"`;
  return `${address?.(req, res)} - - [${date?.(req, res, 'clf')}] "${request}" ${answer}${agent}`;
});
