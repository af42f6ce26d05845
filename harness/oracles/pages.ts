import type { Exchange } from '../model/exchange.ts';
import type { EntryOf, History } from '../model/history.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { exchangesOfStep, fieldValues, judgedStep } from './reading.ts';

type Response = NonNullable<Exchange['response']>;

/** Pages of the judged step on which a user is asked something. */
function asking(history: History): readonly (EntryOf<'exchange'> & { readonly page: Response })[] {
  return exchangesOfStep(history, judgedStep(history)?.step).flatMap((entry) => {
    const { response } = entry.exchange;
    const isPage = fieldValues(response?.headers ?? [], 'content-type').some((type) => /html/i.test(type));
    return response !== undefined && isPage && /<form[\s>]/i.test(response.body.text)
      ? [{ ...entry, page: response }]
      : [];
  });
}

/** Whether no page of another origin may show this one in a frame (RFC 7034, CSP Level 2 §7.7). */
function guarded({ headers }: Response): boolean {
  const options = fieldValues(headers, 'x-frame-options').some((value) => /^\s*(?:deny|sameorigin)\s*$/i.test(value));
  const policies = fieldValues(headers, 'content-security-policy');
  return options || policies.some((policy) => /(?:^|[;,]\s*)frame-ancestors\s+(?![^;,]*\*)/i.test(policy));
}

/** Scripts may free a page from a frame, too (RFC 6819 §5.2.2.6): whether one does, nobody can read off. */
const mayFreeItself = ({ body }: Response) =>
  /<script\b[^>]*\bsrc=|\btop\b[^;]{0,40}\b(?:self|location)\b/i.test(body.text);

/** No page that asks the user something can be shown in a frame of another origin. */
export function forbidsFraming(): PairableOracle {
  const expected = "X-Frame-Options, or frame-ancestors in Content-Security-Policy, on the IdP's pages";
  return oracle(
    'forbidsFraming()',
    (history) => {
      const pages = asking(history);
      const evidence = pages.map(({ seq }) => seq);
      if (pages.length === 0) return { holds: 'unknown', observed: 'no page', expected, evidence };
      const open = pages.filter(({ page }) => !guarded(page));
      const [first] = open.filter(({ page }) => !mayFreeItself(page));
      if (first !== undefined)
        return {
          holds: 'no',
          observed: `the page at ${first.exchange.request?.path.replace(/\?.*/s, '')} can be framed`,
          expected,
          evidence: [first.seq],
        };
      if (open.length > 0) return { holds: 'unknown', observed: 'a script may free the page', expected, evidence };
      return { holds: 'yes', observed: 'no page can be framed', expected, evidence };
    },
    { good: "Content-Security-Policy: frame-ancestors 'none'", bad: 'a login page without such a field' },
  );
}

const absolute =
  /(?:\bsrc\s*=\s*["']?|<link\b[^>]*\bhref\s*=\s*["']?|<a\b[^>]*\bhref\s*=\s*["']?|url\(\s*["']?|@import\s*["'])(https?:)?\/\/([^/"'\s>)]+)/gi;

/** No page that asks the user something loads anything from another host, or leads to one. */
export function loadsNothingElsewhere(): PairableOracle {
  const expected = 'pages without resources of others';
  return oracle(
    'loadsNothingElsewhere()',
    (history) => {
      const pages = asking(history);
      for (const { seq, page, exchange } of pages) {
        const [own] = fieldValues(exchange.request?.headers ?? [], 'host');
        for (const [, , host = ''] of page.body.text.matchAll(absolute))
          if (host !== own) return { holds: 'no', observed: `a page names ${host}`, expected, evidence: [seq] };
      }
      const evidence = pages.map(({ seq }) => seq);
      if (pages.length === 0) return { holds: 'unknown', observed: 'no page', expected, evidence };
      return { holds: 'yes', observed: 'everything is its own', expected, evidence };
    },
    { good: '<style>…</style>', bad: '<link href="https://fonts.example/css">' },
  );
}

/** No form that a user sent is answered with 307, by which the browser would send it on to the client. */
export function keepsPasswords(): PairableOracle {
  const expected = 'no 307 in answer to a form';
  return oracle(
    'keepsPasswords()',
    (history) => {
      const posts = exchangesOfStep(history, judgedStep(history)?.step).filter(
        ({ exchange }) => exchange.request?.method === 'POST' && exchange.response !== undefined,
      );
      const evidence = posts.map(({ seq }) => seq);
      const wrong = posts.find(({ exchange }) => exchange.response?.status === 307);
      if (wrong !== undefined) return { holds: 'no', observed: '307', expected, evidence: [wrong.seq] };
      if (posts.length === 0) return { holds: 'unknown', observed: 'no form was sent', expected, evidence };
      const statuses = new Set(posts.map(({ exchange }) => exchange.response?.status));
      return { holds: 'yes', observed: [...statuses].join(', '), expected, evidence };
    },
    { good: 'HTTP/1.1 303 See Other', bad: 'HTTP/1.1 307 Temporary Redirect' },
  );
}

/** Somewhere in the judged step the user had to give the password. */
export function asksForPassword(): PairableOracle {
  const expected = 'the user is asked for the password';
  return oracle(
    'asksForPassword()',
    (history) => {
      const all = exchangesOfStep(history, judgedStep(history)?.step);
      const given = all.find(
        ({ exchange: { request } }) => request?.method === 'POST' && /‹secret:password\b/.test(request.body.text),
      );
      const evidence = [given?.seq ?? all.at(-1)?.seq].filter((seq) => seq !== undefined);
      if (all.length === 0) return { holds: 'unknown', observed: 'no answer', expected, evidence };
      if (given === undefined) return { holds: 'no', observed: 'nobody was asked', expected, evidence };
      return { holds: 'yes', observed: 'the password was given', expected, evidence };
    },
    {
      good: '<input type="password">',
      bad: 'HTTP/1.1 303 See Other · Location: https://client.example/callback?code=…',
    },
  );
}
